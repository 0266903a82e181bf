import { acceptReplacement } from '../../src/device/wallet/accept-replacement.ts'
import { type ConsentTerms, dueConsent } from '../../src/device/wallet/due-consent.ts'
import { withdraw } from '../../src/device/wallet/withdraw.ts'
import type { CaseReply } from '../../src/shared/contract/types.ts'
import { Busy, Button } from '../ui/parts.tsx'
import { Heading } from '../ui/shell.tsx'
import { Fault, useLoaded, useTask } from '../ui/use-task.tsx'
import { dateText } from '../ui/words.ts'
import { PanelList } from './panel-list.tsx'
import type { ScreenProps } from './wallet-home.tsx'
import { WithdrawPart } from './withdraw-part.tsx'

/** The panel could not decide: one more reviewer, the next of the draw, needs a consent of its own. */
export function ReplacementScreen({ wallet, live, onChange }: ScreenProps & { readonly live: CaseReply }) {
  const task = useTask()
  const offered = useLoaded(async () => ({ shown: live.offeredReviewer === undefined ? undefined : await dueConsent(wallet, live.case) }))
  const accept = async (shown: ConsentTerms): Promise<void> => {
    await acceptReplacement(wallet, live.case, shown)
    onChange()
  }
  const decline = async (): Promise<void> => {
    await withdraw(wallet, live.case)
    onChange()
  }
  if (offered.fault !== undefined) return <Fault error={offered.fault} />
  if (offered.value === undefined) return <Busy>Checking who is offered …</Busy>
  const { shown } = offered.value
  return (
    <>
      <Heading>One more reviewer is needed</Heading>
      <p class="lead">Your panel could not decide. Another reviewer may look at the same files, if you agree. What was found so far stands.</p>
      {shown ? <Asked {...shown} /> : <p>Nobody else can be asked at this time. You can wait, or withdraw.</p>}
      {task.state}
      {shown && (
        <div class="actions">
          <Button isDisabled={task.isBusy} onClick={() => task.run('Sealing your files to this reviewer …', () => accept(shown))}>
            I agree
          </Button>
          <Button isDisabled={task.isBusy} onClick={() => task.run('Withdrawing …', decline)}>
            I decline
          </Button>
        </div>
      )}
      {shown ? (
        <p class="quiet small note">Declining withdraws your submission. Your vault keeps your documents.</p>
      ) : (
        <WithdrawPart wallet={wallet} caseId={live.case} onChange={onChange} />
      )}
    </>
  )
}

/** The new reviewer first, then those who may look already. */
function Asked({ panel, deadlineSeconds }: ConsentTerms) {
  return (
    <>
      <PanelList panel={panel.slice(-1)} />
      <p>These can open the files already, and still can, all until {dateText(deadlineSeconds)}:</p>
      <PanelList panel={panel.slice(0, -1)} />
    </>
  )
}
