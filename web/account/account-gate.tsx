import { type ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import type { Wallet } from '../../src/device/wallet/wallet.ts'
import { Busy, Button, TextField } from '../ui/parts.tsx'
import { forgetAccount, knownAccount, type PageDevice } from '../ui/page-device.ts'
import { Heading } from '../ui/shell.tsx'
import { Fault, type Task, useLoaded, useTask } from '../ui/use-task.tsx'
import { KitScreen } from './kit-screen.tsx'
import type { NewAccount, SignedIn } from './open-account.ts'

interface GateProps {
  readonly device: PageDevice
  /** What is behind the gate, for people who are new here. */
  readonly welcome: ComponentChildren
  readonly onOpen: (wallet: Wallet) => void
}

type Place = { readonly at: 'start' } | { readonly at: 'passphrase'; readonly signedIn: SignedIn } | { readonly at: 'kit' } | { readonly at: 'new'; readonly made: NewAccount } | { readonly at: 'check'; readonly wallet: Wallet } // prettier-ignore

/** Lets a person in: joins, unlocks, or brings an account back. The vault's key stays in this page's memory. */
export function AccountGate({ device, welcome, onOpen }: GateProps) {
  const known = useLoaded(async () => ({ account: await knownAccount() }))
  const [place, setPlace] = useState<Place>({ at: 'start' })
  const enter = async (wallet: Wallet): Promise<void> => {
    const { readVault } = await import('../../src/device/vault/vault-store.ts')
    const { index } = await readVault(wallet, wallet.key)
    if (index.isKitChecked) onOpen(wallet)
    else setPlace({ at: 'check', wallet })
  }
  const unlock = async (isKnown: boolean): Promise<void> => {
    // The large parts are loaded when they are first needed: the first screen needs none of them.
    const signedIn = await import('./open-account.ts').then(({ signInHere }) => signInHere(device, isKnown ? known.value?.account : undefined))
    const wallet = await import('./open-account.ts').then(({ openByPasskey }) => openByPasskey(device, signedIn))
    if (wallet === undefined) setPlace({ at: 'passphrase', signedIn })
    else await enter(wallet)
  }
  const back = (): void => setPlace({ at: 'start' })
  if (known.fault !== undefined) return <Fault error={known.fault} />
  if (known.value === undefined) return <Busy>One moment …</Busy>
  if (place.at === 'passphrase') return <PassphraseScreen device={device} signedIn={place.signedIn} onOpen={enter} onBack={back} />
  if (place.at === 'kit') return <RecoverScreen device={device} onOpen={enter} onBack={back} />
  if (place.at === 'new') return <KitScreen made={place.made} wallet={place.made.wallet} onChecked={() => onOpen(place.made.wallet)} />
  if (place.at === 'check') return <KitScreen wallet={place.wallet} onChecked={() => onOpen(place.wallet)} />
  if (known.value.account !== undefined) {
    const forget = async (): Promise<void> => {
      await forgetAccount()
      known.reload()
    }
    return <UnlockScreen unlock={() => unlock(true)} onKit={() => setPlace({ at: 'kit' })} forget={forget} />
  }
  return (
    <WelcomeScreen
      device={device}
      welcome={welcome}
      unlock={() => unlock(false)}
      onKit={() => setPlace({ at: 'kit' })}
      onMade={(made) => setPlace({ at: 'new', made })}
    />
  )
}

interface WelcomeProps {
  readonly device: PageDevice
  readonly welcome: ComponentChildren
  readonly unlock: () => Promise<void>
  readonly onKit: () => void
  readonly onMade: (made: NewAccount) => void
}

function WelcomeScreen({ device, welcome, unlock, onKit, onMade }: WelcomeProps) {
  const task = useTask()
  const join = async (): Promise<void> => onMade(await import('./open-account.ts').then(({ joinHere }) => joinHere(device)))
  return (
    <>
      {welcome}
      <p>
        Your account is a passkey and a random number: no name, no e-mail address. Your device will ask for the passkey a few times: to make it, to sign in, and
        to register your recovery kit.
      </p>
      {task.state}
      <div class="actions">
        <Button isFirst isDisabled={task.isBusy} onClick={() => task.run('Making your account and your vault …', join)}>
          Create an account
        </Button>
        <Button isDisabled={task.isBusy} onClick={() => task.run('Waiting for your passkey …', unlock)}>
          I have an account
        </Button>
      </div>
      <p>
        <button type="button" class="plain" onClick={onKit}>
          Come back with a recovery kit
        </button>
      </p>
    </>
  )
}

interface UnlockProps {
  readonly unlock: () => Promise<void>
  readonly onKit: () => void
  readonly forget: () => Promise<void>
}

function UnlockScreen({ unlock, onKit, forget }: UnlockProps) {
  const task = useTask()
  const [isForgetting, setForgetting] = useState(false)
  return (
    <>
      <Heading>Welcome back</Heading>
      <p class="lead">Your vault is shut. Its key is on your devices only, so it opens here and nowhere else.</p>
      {task.state}
      <div class="actions">
        <Button isFirst isDisabled={task.isBusy} onClick={() => task.run('Waiting for your passkey …', unlock)}>
          Unlock with your passkey
        </Button>
      </div>
      <p>
        <button type="button" class="plain" onClick={onKit}>
          Use a recovery kit instead
        </button>
        <br />
        <button type="button" class="plain" aria-expanded={isForgetting} onClick={() => setForgetting(!isForgetting)}>
          This is not my account
        </button>
      </p>
      {isForgetting && (
        <section class="card" aria-label="Forget this account here">
          <p>
            This browser forgets the account and the credentials that lie here. The account itself and its vault stay, and its passkey or kit bring it back.
          </p>
          <Button isDanger onClick={() => task.run('Forgetting …', forget)}>
            Forget the account on this browser
          </Button>
        </section>
      )}
    </>
  )
}

interface OpenProps {
  readonly device: PageDevice
  readonly onOpen: (wallet: Wallet) => Promise<void>
  readonly onBack: () => void
}

function PassphraseScreen({ device, signedIn, onOpen, onBack }: OpenProps & { readonly signedIn: SignedIn }) {
  const task = useTask()
  const [words, setWords] = useState('')
  const open = async (): Promise<void> => onOpen(await import('./open-account.ts').then(({ openByWords }) => openByWords(device, signedIn, words)))
  return (
    <>
      <Heading>Your passphrase</Heading>
      <p class="lead">You are signed in. This passkey cannot open the vault by itself, so it needs your six words once.</p>
      <TextField label="The six words" value={words} onValue={setWords} />
      <WayActions task={task} text="Open the vault" saying="Opening your vault …" isDisabled={words.trim() === ''} open={open} onBack={onBack} />
    </>
  )
}

function RecoverScreen({ device, onOpen, onBack }: OpenProps) {
  const task = useTask()
  const [kit, setKit] = useState('')
  const open = async (): Promise<void> => onOpen(await import('./open-account.ts').then(({ openByKit }) => openByKit(device, kit)))
  return (
    <>
      <Heading>Come back with your recovery kit</Heading>
      <p class="lead">The kit alone brings back your account and your vault. This device then gets a passkey of its own.</p>
      <TextField label="Both lines of the kit" hint="Account: … and Recovery code: …" value={kit} onValue={setKit} isMultiline />
      <WayActions task={task} text="Bring my account back" saying="Bringing your account back …" isDisabled={kit.trim() === ''} open={open} onBack={onBack} />
    </>
  )
}

interface WayProps {
  readonly task: Task
  readonly text: string
  readonly saying: string
  readonly isDisabled: boolean
  readonly open: () => Promise<void>
  readonly onBack: () => void
}

function WayActions({ task, text, saying, isDisabled, open, onBack }: WayProps) {
  return (
    <>
      {task.state}
      <div class="actions">
        <Button isFirst isDisabled={task.isBusy || isDisabled} onClick={() => task.run(saying, open)}>
          {text}
        </Button>
        <Button isDisabled={task.isBusy} onClick={onBack}>
          Back
        </Button>
      </div>
    </>
  )
}
