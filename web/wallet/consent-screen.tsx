import { useState } from 'preact/hooks'
import { consent } from '../../src/device/wallet/consent.ts'
import { type ConsentTerms, dueConsent } from '../../src/device/wallet/due-consent.ts'
import { withdraw } from '../../src/device/wallet/withdraw.ts'
import type { CaseReply } from '../../src/shared/contract/types.ts'
import { Busy, Button, FileButton } from '../ui/parts.tsx'
import { Picture } from '../ui/picture.tsx'
import { plainPicture } from '../ui/plain-picture.ts'
import { Heading } from '../ui/shell.tsx'
import { Fault, useLoaded, useTask } from '../ui/use-task.tsx'
import { dateText, fileName, selfieWords, theSentence } from '../ui/words.ts'
import { PanelList } from './panel-list.tsx'
import type { ScreenProps } from './wallet-home.tsx'
import { wantedDocuments } from './wallet-state.ts'
import { WithdrawPart } from './withdraw-part.tsx'

type ConsentProps = ScreenProps & { readonly live: CaseReply }

/** Selfie first, then the decision. The draw is recomputed here before anything is shown. */
export function ConsentScreen(props: ConsentProps) {
  const due = useLoaded(() => dueConsent(props.wallet, props.live.case))
  const [selfie, setSelfie] = useState<Uint8Array>()
  const [isSeen, setSeen] = useState(false)
  if (due.fault !== undefined) {
    return (
      <>
        <Fault error={due.fault} />
        <WithdrawPart wallet={props.wallet} caseId={props.live.case} onChange={props.onChange} />
      </>
    )
  }
  if (due.value === undefined) return <Busy>Checking how the panel was drawn …</Busy>
  if (selfie !== undefined && isSeen) return <DecisionScreen {...props} shown={due.value} selfie={selfie} onBack={() => setSeen(false)} />
  return <SelfieScreen {...props} code={due.value.draw.code} selfie={selfie} onSelfie={setSelfie} onSeen={() => setSeen(true)} />
}

interface SelfieProps extends ConsentProps {
  readonly code: string
  readonly selfie: Uint8Array | undefined
  readonly onSelfie: (plain: Uint8Array) => void
  readonly onSeen: () => void
}

function SelfieScreen({ wallet, live, onChange, code, selfie, onSelfie, onSeen }: SelfieProps) {
  const task = useTask()
  const take = async (file: File): Promise<void> => onSelfie(await plainPicture(file))
  const choose = (file: File): void => task.run('Preparing the picture …', () => take(file))
  return (
    <>
      <p class="step">Step 1 of 2</p>
      <Heading>Take a selfie with your document</Heading>
      <p class="lead">Write this code by hand on a sheet of paper:</p>
      <p class="code" data-code>
        {code}
      </p>
      <ol>
        <li>
          Below the code, write: <strong>“{selfieWords}”</strong>
        </li>
        <li>Hold the paper and your main document beside your face.</li>
        <li>Face, document and handwriting must be readable.</li>
      </ol>
      {selfie && <Picture key={selfie.length} plain={selfie} label="Your selfie" watermark="your own copy" />}
      {task.state}
      <div class="actions">
        <FileButton
          label="Selfie"
          text={selfie ? 'Take another' : 'Take or choose the picture'}
          isFirst={!selfie}
          isSelfie
          isDisabled={task.isBusy}
          onFile={choose}
        />
        {selfie && (
          <Button isFirst onClick={onSeen}>
            Go on
          </Button>
        )}
      </div>
      <WithdrawPart wallet={wallet} caseId={live.case} onChange={onChange} />
    </>
  )
}

interface DecisionProps extends ConsentProps {
  /** What is on the page is what is signed, or nothing is. */
  readonly shown: ConsentTerms
  readonly selfie: Uint8Array
  readonly onBack: () => void
}

function DecisionScreen({ wallet, live, state, onChange, shown, selfie, onBack }: DecisionProps) {
  const task = useTask()
  const agree = async (): Promise<void> => {
    await consent(wallet, { case: live.case, selfie, shown })
    onChange()
  }
  const decline = async (): Promise<void> => {
    await withdraw(wallet, live.case)
    onChange()
  }
  return (
    <>
      <p class="step">Step 2 of 2</p>
      <Heading>Do you agree?</Heading>
      <p class="lead">If you agree, these people, and nobody else, can open these files until {dateText(shown.deadlineSeconds)}.</p>
      <h2>Who</h2>
      <PanelList panel={shown.panel} />
      <h2>What</h2>
      <ul>
        {wantedDocuments(state.index).map((document) => (
          <li key={document.sha256}>{fileName(document)}</li>
        ))}
        <li>Your selfie with the code</li>
        <li>The details and document numbers that you typed</li>
      </ul>
      <h2>What sites will be told</h2>
      <blockquote class="card">{theSentence}</blockquote>
      <p>
        Not your name, not a number, not a date, not a picture. And know this: the reviewers do see your documents while they review, and nothing can make a
        person forget.
      </p>
      {task.state}
      <div class="actions">
        <Button isDisabled={task.isBusy} onClick={() => task.run('Sealing your files to these reviewers …', agree)}>
          I agree
        </Button>
        <Button isDisabled={task.isBusy} onClick={() => task.run('Withdrawing …', decline)}>
          I decline
        </Button>
      </div>
      <p class="quiet small note">Declining withdraws your submission. Your vault keeps your documents.</p>
      <p>
        <button type="button" class="plain" disabled={task.isBusy} onClick={onBack}>
          Back to the selfie
        </button>
      </p>
    </>
  )
}
