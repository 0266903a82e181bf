import { useState } from 'preact/hooks'
import { plainFieldsFile } from '../../src/device/wallet/case-files.ts'
import { type ConsentTerms, dueConsent } from '../../src/device/wallet/due-consent.ts'
import { keepDocument, type PlainDocument } from '../../src/device/wallet/keep-document.ts'
import { resubmit } from '../../src/device/wallet/resubmit.ts'
import type { CaseReply, EvidenceFile, ReasonCode } from '../../src/shared/contract/types.ts'
import { Busy, Button, FileButton } from '../ui/parts.tsx'
import { plainPicture } from '../ui/plain-picture.ts'
import { Heading } from '../ui/shell.tsx'
import { Fault, useLoaded, useTask } from '../ui/use-task.tsx'
import { dateText, evidenceNames, fileName, reasonTexts, selfieWords } from '../ui/words.ts'
import { PanelList } from './panel-list.tsx'
import type { ScreenProps } from './wallet-home.tsx'
import { wantedDocuments } from './wallet-state.ts'
import { WithdrawPart } from './withdraw-part.tsx'

/** A file that is asked for again, and why. */
interface Asked extends EvidenceFile {
  readonly codes: readonly ReasonCode[]
}

type ResubmitProps = ScreenProps & { readonly live: CaseReply }

/** Only the refused files are sent again; all others stay as they are. Who may open them is worked out here before anything is shown. */
export function ResubmitScreen(props: ResubmitProps) {
  const due = useLoaded(() => dueConsent(props.wallet, props.live.case))
  if (due.fault !== undefined) {
    return (
      <>
        <Fault error={due.fault} />
        <WithdrawPart wallet={props.wallet} caseId={props.live.case} onChange={props.onChange} />
      </>
    )
  }
  if (due.value === undefined) return <Busy>Checking who was drawn …</Busy>
  return <SendAgain {...props} shown={due.value} code={due.value.draw.code} />
}

function SendAgain({ wallet, live, state, onChange, shown, code }: ResubmitProps & { readonly shown: ConsentTerms; readonly code: string }) {
  const task = useTask()
  const [chosen, setChosen] = useState<readonly PlainDocument[]>([])
  const asked = askedAgain(live)
  const hasFields = asked.some(({ type }) => type === 'fields')
  const pictures = asked.filter(({ type }) => type !== 'fields')
  const isReady = pictures.every((file) => chosen.some((each) => isSamePlace(each, file)))
  const choose = async ({ type, side }: Asked, file: File): Promise<void> => {
    const next = { type, side, plain: await plainPicture(file) }
    setChosen((before) => [...before.filter((each) => !isSamePlace(each, next)), next])
  }
  const send = async (): Promise<void> => {
    for (const each of chosen.filter(({ type }) => type !== 'selfie-with-document')) await keepDocument(wallet, each)
    const replacements = [...chosen, ...(hasFields ? [plainFieldsFile(state.index, wantedDocuments(state.index))] : [])]
    await resubmit(wallet, { case: live.case, replacements, shown })
    onChange()
  }
  return (
    <>
      <Heading>Please send {asked.length === 1 ? 'one file' : 'these files'} again</Heading>
      <p class="lead">The reviewers could not go on with {asked.length === 1 ? 'it' : 'them'}. Everything else that you sent is fine as it is.</p>
      <ul class="card rows">
        {asked.map((file) => (
          <li class="row" key={file.sha256}>
            <div>
              <strong>{fileName(file)}</strong>
              {file.codes.map((reason) => (
                <div key={reason}>{reasonTexts[reason]}</div>
              ))}
              {file.type === 'selfie-with-document' && (
                <div class="quiet small">
                  The code is still {code}, and the words “{selfieWords}”.
                </div>
              )}
              {chosen.some((each) => isSamePlace(each, file)) && <div class="small">A new picture is ready.</div>}
            </div>
            {file.type === 'fields' ? (
              <a class="button" href="#documents">
                Correct
              </a>
            ) : (
              <FileButton
                label={`New picture: ${fileName(file)}`}
                text="New picture"
                isDisabled={task.isBusy}
                onFile={(picture) => task.run(`Preparing: ${evidenceNames[file.type]} …`, () => choose(file, picture))}
              />
            )}
          </li>
        ))}
      </ul>
      <p>
        If you send {asked.length === 1 ? 'it' : 'them'}, these people, and nobody else, can open {asked.length === 1 ? 'it' : 'them'} together with the rest
        until {dateText(shown.deadlineSeconds)}:
      </p>
      <PanelList panel={shown.panel} />
      {task.state}
      <div class="actions">
        <Button isFirst isDisabled={task.isBusy || !isReady} onClick={() => task.run('Sealing and sending …', send)}>
          Agree and send
        </Button>
      </div>
      <WithdrawPart wallet={wallet} caseId={live.case} onChange={onChange} />
    </>
  )
}

function askedAgain({ outcomes, consents }: CaseReply): readonly Asked[] {
  const reasons = outcomes.at(-1)?.reasons ?? []
  const files = consents.at(-1)?.files ?? []
  return files.flatMap((file) => {
    const codes = reasons.filter(({ sha256 }) => sha256 === file.sha256).map(({ code }) => code)
    return codes.length > 0 ? [{ ...file, codes }] : []
  })
}

function isSamePlace(a: Pick<PlainDocument, 'type' | 'side'>, b: Pick<PlainDocument, 'type' | 'side'>): boolean {
  return a.type === b.type && a.side === b.side
}
