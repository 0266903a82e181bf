import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { AccountGate } from '../account/account-gate.tsx'
import type { Wallet } from '../../src/device/wallet/wallet.ts'
import { pageDevice } from '../ui/page-device.ts'
import { Heading, Shell, show } from '../ui/shell.tsx'

const device = pageDevice()

function WalletPage() {
  const [home, setHome] = useState<ComponentChildren>()
  const open = (wallet: Wallet): void => void import('./wallet-home.tsx').then(({ WalletHome }) => setHome(<WalletHome wallet={wallet} />))
  if (home !== undefined) return <>{home}</>
  return (
    <Shell>
      <AccountGate device={device} welcome={<Welcome />} onOpen={open} />
    </Shell>
  )
}

function Welcome() {
  return (
    <>
      <Heading>Be identified once</Heading>
      <p class="lead">
        Keep your documents in a vault that only you can open. Let two people check them, once. Then prove to any site that you are identified, without showing
        them again.
      </p>
      <ul>
        <li>Documents are sealed on this device before they leave it.</li>
        <li>They are opened to a few named reviewers, after you have agreed.</li>
        <li>Sites are told one sentence about you, and none of your data.</li>
      </ul>
    </>
  )
}

show(<WalletPage />)
