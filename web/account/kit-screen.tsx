import { useState } from 'preact/hooks'
import type { Wallet } from '../../src/device/wallet/wallet.ts'
import { Button, Notice, TextField } from '../ui/parts.tsx'
import { forgetAccount } from '../ui/page-device.ts'
import { Heading } from '../ui/shell.tsx'
import { useTask } from '../ui/use-task.tsx'
import type { NewAccount } from './open-account.ts'

interface KitProps {
  readonly wallet: Wallet
  /** Known only right after the account was made: kit and passphrase are never stored. */
  readonly made?: NewAccount
  readonly onChecked: () => void
}

/** Shows the ways back in, then has the kit read back from where the person kept it. */
export function KitScreen({ wallet, made, onChecked }: KitProps) {
  const [isKept, setKept] = useState(made === undefined)
  return isKept ? (
    <CheckScreen wallet={wallet} onChecked={onChecked} {...(made && { onShow: () => setKept(false) })} />
  ) : made ? (
    <ShowScreen made={made} onKept={() => setKept(true)} />
  ) : null
}

function ShowScreen({ made, onKept }: { readonly made: NewAccount; readonly onKept: () => void }) {
  const text = `Account: ${made.kit.account}\nRecovery code: ${made.kit.code}\n`
  return (
    <>
      <p class="step">Step 1 of 2</p>
      <Heading>Keep your ways back in</Heading>
      <p class="lead">If you lose this device, these bring your account and documents back. They are shown now and never again.</p>
      <h2>Recovery kit</h2>
      <p>Save it as a file or write it down, and keep it where you keep your passport.</p>
      <pre class="secret" data-kit tabIndex={0} aria-label="Recovery kit">
        {text}
      </pre>
      <h2>Passphrase</h2>
      <p>Six words that open the vault after you have signed in.</p>
      <pre class="secret" data-passphrase tabIndex={0} aria-label="Passphrase">
        {made.passphrase}
      </pre>
      <Notice kind="warn">Nobody can give these to you again, not even the authority. Lose every way in, and the documents in your vault are lost.</Notice>
      <div class="actions">
        <Button onClick={() => saveText('vouchsafe-recovery-kit.txt', `${text}\nPassphrase: ${made.passphrase}\n`)}>Save as a file</Button>
        <Button isFirst onClick={onKept}>
          I have kept them
        </Button>
      </div>
    </>
  )
}

interface CheckProps {
  readonly wallet: Wallet
  readonly onChecked: () => void
  readonly onShow?: () => void
}

function CheckScreen({ wallet, onChecked, onShow }: CheckProps) {
  const task = useTask()
  const [kit, setKit] = useState('')
  const check = async (): Promise<void> => {
    await import('./open-account.ts').then(({ checkKit }) => checkKit(wallet, kit))
    onChecked()
  }
  const startAnew = async (): Promise<void> => {
    await forgetAccount()
    location.reload()
  }
  return (
    <>
      <p class="step">Step 2 of 2</p>
      <Heading>Check your recovery kit</Heading>
      <p class="lead">
        Copy both lines from where you kept them. They are tried on your vault here, so that you know they work before anything depends on them.
      </p>
      <TextField label="Both lines of the kit" hint="Account: … and Recovery code: …" value={kit} onValue={setKit} isMultiline />
      {task.state}
      <div class="actions">
        <Button isFirst isDisabled={task.isBusy || kit.trim() === ''} onClick={() => task.run('Trying your kit …', check)}>
          Check the kit
        </Button>
        {onShow ? (
          <Button onClick={onShow}>Show it again</Button>
        ) : (
          <Button isDanger onClick={() => task.run('Forgetting …', startAnew)}>
            I did not keep it: start anew
          </Button>
        )}
      </div>
    </>
  )
}

function saveText(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }))
  const link = Object.assign(document.createElement('a'), { href: url, download: name })
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
