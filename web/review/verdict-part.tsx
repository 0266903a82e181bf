import { useState } from 'preact/hooks'
import type { Console } from '../../src/device/console/console.ts'
import { evaluateTags } from '../../src/device/console/evaluate-tags.ts'
import type { PlainCase } from '../../src/device/console/open-case-files.ts'
import { type Judgement, signVerdict } from '../../src/device/console/sign-verdict.ts'
import type { EvidenceFile, Reason, ReasonCode } from '../../src/shared/contract/types.ts'
import { policyOf } from '../../src/shared/policy.ts'
import { Button, Check, Choice } from '../ui/parts.tsx'
import { useTask } from '../ui/use-task.tsx'
import { fileName, reasonTexts } from '../ui/words.ts'

interface VerdictProps {
  readonly console: Console
  readonly plainCase: PlainCase
  readonly onDone: () => void
}

type Way = 'approve' | 'resubmit' | 'reject'

const ways: readonly (readonly [way: Way, text: string])[] = [
  ['approve', 'Approve'],
  ['resubmit', 'Ask again'],
  ['reject', 'Reject'],
]

/** The verdict: the policy's checklist, or reasons bound to files; then the verdict passkey. */
export function VerdictPart({ console, plainCase, onDone }: VerdictProps) {
  const task = useTask()
  const [way, setWay] = useState<Way>('approve')
  const give = async (judgement: Judgement): Promise<void> => {
    await signVerdict(console, plainCase.opening, judgement)
    onDone()
  }
  const approve = async (checklist: readonly string[]): Promise<void> => {
    const tags = await evaluateTags(console, plainCase.opening, plainCase.plainFields.documentKeys)
    await give({ verdict: 'approve', checklist, tags })
  }
  return (
    <>
      <h2>Your verdict</h2>
      <div class="tabs" role="group" aria-label="Verdict">
        {ways.map(([each, text]) => (
          <button key={each} type="button" aria-pressed={way === each} onClick={() => setWay(each)}>
            {text}
          </button>
        ))}
      </div>
      {way === 'approve' ? (
        <ApproveForm
          policy={plainCase.opening.evidence.policy}
          isBusy={task.isBusy}
          onApprove={(points) => task.run('Checking the numbers blind, then signing …', () => approve(points))}
        />
      ) : (
        <ReasonForm
          key={way}
          way={way}
          files={plainCase.files}
          isBusy={task.isBusy}
          onGive={(reasons) => task.run('Signing your verdict …', () => give({ verdict: way, reasons }))}
        />
      )}
      {task.state}
      <p class="quiet small note">
        You sign with your verdict passkey: this case, round {plainCase.opening.round}, exactly these files, and what you found. It cannot be taken back.
      </p>
    </>
  )
}

function ApproveForm({
  policy,
  isBusy,
  onApprove,
}: {
  readonly policy: string
  readonly isBusy: boolean
  readonly onApprove: (points: readonly string[]) => void
}) {
  const { checklist } = policyOf(policy)
  const [checked, setChecked] = useState<readonly string[]>([])
  const isComplete = checklist.every(({ id }) => checked.includes(id))
  return (
    <>
      <fieldset>
        <legend class="hidden">Checklist</legend>
        {checklist.map(({ id, text }) => (
          <Check key={id} isOn={checked.includes(id)} onChange={(isOn) => setChecked(isOn ? [...checked, id] : checked.filter((each) => each !== id))}>
            {text}
          </Check>
        ))}
      </fieldset>
      <div class="actions">
        <Button isFirst isDisabled={isBusy || !isComplete} onClick={() => onApprove(checklist.map(({ id }) => id))}>
          Sign: approve
        </Button>
      </div>
    </>
  )
}

interface ReasonProps {
  readonly way: 'resubmit' | 'reject'
  readonly files: readonly EvidenceFile[]
  readonly isBusy: boolean
  readonly onGive: (reasons: readonly Reason[]) => void
}

function ReasonForm({ way, files, isBusy, onGive }: ReasonProps) {
  const [reasons, setReasons] = useState<Readonly<Record<string, ReasonCode | ''>>>({})
  const given = files.flatMap(({ sha256 }) => {
    const code = reasons[sha256]
    return code ? [{ sha256, code }] : []
  })
  const options = [['', 'Nothing wrong with it'], ...Object.entries(reasonTexts)] as const
  return (
    <>
      <p>
        {way === 'resubmit'
          ? 'The person reads these reasons and sends the files again.'
          : 'The person reads these reasons. The case ends if another reviewer rejects it too.'}
      </p>
      {files.map((file) => (
        <Choice
          key={file.sha256}
          label={fileName(file)}
          value={reasons[file.sha256] ?? ''}
          options={options.map(([code = '', text = '']) => [code, text] as const)}
          onValue={(code) => setReasons({ ...reasons, [file.sha256]: code as ReasonCode | '' })}
        />
      ))}
      <div class="actions">
        <Button isFirst={way === 'resubmit'} isDanger={way === 'reject'} isDisabled={isBusy || given.length === 0} onClick={() => onGive(given)}>
          {way === 'resubmit' ? 'Sign: ask again' : 'Sign: reject'}
        </Button>
      </div>
    </>
  )
}
