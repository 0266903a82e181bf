import { acceptReplacement } from '../../src/device/wallet/accept-replacement.ts'
import { withdraw } from '../../src/device/wallet/withdraw.ts'
import type { CaseReply } from '../../src/shared/contract/types.ts'
import { Busy, Button } from '../ui/parts.tsx'
import { Heading } from '../ui/shell.tsx'
import { Fault, useLoaded, useTask } from '../ui/use-task.tsx'
import { PanelList } from './panel-list.tsx'
import type { ScreenProps } from './wallet-home.tsx'
import { rosterEntry } from './wallet-state.ts'
import { WithdrawPart } from './withdraw-part.tsx'

/** The panel could not decide: one more reviewer, the next of the draw, needs a consent of its own. */
export function ReplacementScreen({ wallet, live, onChange }: ScreenProps & { readonly live: CaseReply }) {
  const task = useTask()
  const offered = useLoaded(async () => ({ entry: live.offeredReviewer === undefined ? undefined : await rosterEntry(wallet, live.offeredReviewer) }))
  const accept = async (): Promise<void> => {
    await acceptReplacement(wallet, live.case)
    onChange()
  }
  const decline = async (): Promise<void> => {
    await withdraw(wallet, live.case)
    onChange()
  }
  if (offered.fault !== undefined) return <Fault error={offered.fault} />
  if (offered.value === undefined) return <Busy>Checking who is offered …</Busy>
  const { entry } = offered.value
  return (
    <>
      <Heading>One more reviewer is needed</Heading>
      <p class="lead">Your panel could not decide. Another reviewer may look at the same files, if you agree. What was found so far stands.</p>
      {entry ? <PanelList panel={[entry]} /> : <p>Nobody else can be asked at this time. You can wait, or withdraw.</p>}
      {task.state}
      {entry && (
        <div class="actions">
          <Button isDisabled={task.isBusy} onClick={() => task.run('Sealing your files to this reviewer …', accept)}>
            I agree
          </Button>
          <Button isDisabled={task.isBusy} onClick={() => task.run('Withdrawing …', decline)}>
            I decline
          </Button>
        </div>
      )}
      {entry ? (
        <p class="quiet small note">Declining withdraws your submission. Your vault keeps your documents.</p>
      ) : (
        <WithdrawPart wallet={wallet} caseId={live.case} onChange={onChange} />
      )}
    </>
  )
}
