import { useState } from 'preact/hooks'
import type { Console } from '../../src/device/console/console.ts'
import { openCaseFiles, type PlainCase } from '../../src/device/console/open-case-files.ts'
import { signVerdict } from '../../src/device/console/sign-verdict.ts'
import type { LeaseReply } from '../../src/shared/contract/types.ts'
import { Busy, Button, Notice } from '../ui/parts.tsx'
import { Picture } from '../ui/picture.tsx'
import { Heading } from '../ui/shell.tsx'
import { useLoaded, useTask } from '../ui/use-task.tsx'
import { fileName } from '../ui/words.ts'
import { TypedDetails } from './typed-details.tsx'
import { VerdictPart } from './verdict-part.tsx'

interface CaseProps {
  readonly console: Console
  readonly lease: LeaseReply
  readonly onDone: () => void
}

/** A claimed case. Nothing is fetched until the reviewer opens it, and the opening is in the log before that. */
export function CaseScreen({ console, lease, onDone }: CaseProps) {
  const task = useTask()
  const [plainCase, setPlainCase] = useState<PlainCase>()
  const open = async (): Promise<void> => setPlainCase(await openCaseFiles(console, lease.case))
  if (plainCase !== undefined) return <OpenCase console={console} lease={lease} plainCase={plainCase} onDone={onDone} />
  return (
    <>
      <Heading>Case claimed</Heading>
      <LeaseTime lease={lease} />
      <p class="lead">Opening is written into the log, where the person sees it: that you opened, and when.</p>
      <p class="mono small quiet">{lease.case}</p>
      {task.state}
      <div class="actions">
        <Button isFirst isDisabled={task.isBusy} onClick={() => task.run('Checking the consent and opening the files …', open)}>
          Open the files
        </Button>
        <CannotOpen console={console} lease={lease} onDone={onDone} />
        <Button isDisabled={task.isBusy} onClick={onDone}>
          Back to the queue
        </Button>
      </div>
    </>
  )
}

/** A verdict too: the next reviewer in rank is asked instead. */
function CannotOpen({ console, lease, onDone }: CaseProps) {
  const task = useTask()
  const act = async (): Promise<void> => {
    await signVerdict(console, await console.api.open(lease.case), { verdict: 'cannot-open' })
    onDone()
  }
  return (
    <Button isDisabled={task.isBusy} onClick={() => task.run('Signing …', act)}>
      I cannot open them
    </Button>
  )
}

function OpenCase({ console, lease, plainCase, onDone }: CaseProps & { readonly plainCase: PlainCase }) {
  const { opening, files, plainFields } = plainCase
  const pictures = files.filter(({ type }) => type !== 'fields')
  const [shown, setShown] = useState(pictures[0])
  const [isLarge, setLarge] = useState(false)
  const watermark = `reviewer ${console.secrets.reviewer.slice(9, 17)} · case ${lease.case.slice(5, 13)}`
  return (
    <>
      <Heading>Review this case</Heading>
      <LeaseTime lease={lease} />
      <div class="desk">
        <section aria-label="Files">
          <div class="tabs" role="group" aria-label="Which file">
            {pictures.map((file) => (
              <button key={file.sha256} type="button" aria-pressed={file === shown} onClick={() => setShown(file)}>
                {fileName(file)}
              </button>
            ))}
          </div>
          <div class={isLarge ? 'pane large' : 'pane'} {...(isLarge && { tabIndex: 0, role: 'group', 'aria-label': 'Enlarged picture' })}>
            {shown && <Picture key={shown.sha256} plain={shown.plain} label={fileName(shown)} watermark={watermark} />}
          </div>
          <p>
            <button type="button" class="plain" aria-pressed={isLarge} onClick={() => setLarge(!isLarge)}>
              {isLarge ? 'Show it whole' : 'Enlarge'}
            </button>
          </p>
        </section>
        <section aria-label="Details and verdict">
          <p class="step">Code that the selfie must show</p>
          <p class="code">{opening.evidence.code}</p>
          <TypedDetails plainFields={plainFields} />
          <VerdictPart console={console} plainCase={plainCase} onDone={onDone} />
        </section>
      </div>
    </>
  )
}

/** How long the claim lasts; a verdict after that is refused. */
function LeaseTime({ lease }: { readonly lease: LeaseReply }) {
  const left = useLoaded(async () => lease.expiresAtSeconds - Math.floor(Date.now() / 1000), 15_000).value
  if (left === undefined) return <Busy>One moment …</Busy>
  return left > 0 ? (
    <p class="step">Yours for {Math.max(1, Math.round(left / 60))} more minutes</p>
  ) : (
    <Notice kind="warn">Your time on this case has run out. Go back and claim it again.</Notice>
  )
}
