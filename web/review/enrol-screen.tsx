import { useState } from 'preact/hooks'
import { enrol, parseEnrolmentLink } from '../../src/device/console/enrol.ts'
import type { Wallet } from '../../src/device/wallet/wallet.ts'
import { Button, TextField } from '../ui/parts.tsx'
import { Heading } from '../ui/shell.tsx'
import { useTask } from '../ui/use-task.tsx'

/** Asks to become a reviewer: a verdict passkey of its own, and a key that cases are sealed to. */
export function EnrolScreen({ wallet, link, onEnrolled }: { readonly wallet: Wallet; readonly link: string | undefined; readonly onEnrolled: () => void }) {
  const task = useTask()
  const [typed, setTyped] = useState(link ?? '')
  const act = async (): Promise<void> => {
    await enrol(wallet, parseEnrolmentLink(typed))
    onEnrolled()
  }
  return (
    <>
      <Heading>Become a reviewer</Heading>
      <p class="lead">Your device now makes a second passkey. It signs your verdicts and nothing else, so that a verdict is never mistaken for a sign-in.</p>
      {link === undefined && <TextField label="Enrolment link" hint="An operator gave it to you." value={typed} onValue={setTyped} />}
      {task.state}
      <div class="actions">
        <Button isFirst isDisabled={task.isBusy || typed.trim() === ''} onClick={() => task.run('Making your verdict passkey …', act)}>
          Make my verdict passkey
        </Button>
      </div>
    </>
  )
}
