import { useState } from 'preact/hooks'
import { withdraw } from '../../src/device/wallet/withdraw.ts'
import type { Wallet } from '../../src/device/wallet/wallet.ts'
import { Button } from '../ui/parts.tsx'
import { useTask } from '../ui/use-task.tsx'

/** Taking it all back: always there, asked once more. */
export function WithdrawPart({ wallet, caseId, onChange }: { readonly wallet: Wallet; readonly caseId: string; readonly onChange: () => void }) {
  const task = useTask()
  const [isAsking, setAsking] = useState(false)
  const act = async (): Promise<void> => {
    await withdraw(wallet, caseId)
    onChange()
  }
  if (!isAsking) {
    return (
      <p>
        <button type="button" class="plain" onClick={() => setAsking(true)}>
          Withdraw this submission
        </button>
      </p>
    )
  }
  return (
    <section class="card" aria-label="Withdraw">
      <p>Reviewers can no longer open what you sent, and the authority deletes its sealed copies. Your vault keeps your documents.</p>
      {task.state}
      <div class="actions">
        <Button isDanger isDisabled={task.isBusy} onClick={() => task.run('Withdrawing …', act)}>
          Withdraw
        </Button>
        <Button isDisabled={task.isBusy} onClick={() => setAsking(false)}>
          Keep it going
        </Button>
      </div>
    </section>
  )
}
