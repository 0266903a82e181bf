import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { AccountGate } from '../account/account-gate.tsx'
import type { Wallet } from '../../src/device/wallet/wallet.ts'
import { pageDevice } from '../ui/page-device.ts'
import { Notice } from '../ui/parts.tsx'
import { Heading, Shell, show } from '../ui/shell.tsx'

const device = pageDevice()

// The secret of an enrolment link leaves the address bar and the history at once.
const link = location.hash.startsWith('#enrol=') ? location.hash.slice('#enrol='.length) : undefined
if (link !== undefined) history.replaceState(null, '', location.pathname)

function ReviewPage() {
  const [home, setHome] = useState<ComponentChildren>()
  const open = (wallet: Wallet): void => void import('./review-home.tsx').then(({ ReviewHome }) => setHome(<ReviewHome wallet={wallet} link={link} />))
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
      <Heading>Reviewers’ console</Heading>
      <p class="lead">Reviewers look at documents that people have opened to them by name, and sign what they find.</p>
      {link === undefined ? (
        <Notice>To become a reviewer you need an enrolment link from an operator of this authority.</Notice>
      ) : (
        <Notice kind="good">Your enrolment link is here. First make an account, or unlock the one that you have.</Notice>
      )}
    </>
  )
}

show(<ReviewPage />)
