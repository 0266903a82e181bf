import { useState } from 'preact/hooks'
import { type Console, openConsole } from '../../src/device/console/console.ts'
import { isDeviceError } from '../../src/device/device-error.ts'
import { currentRoster } from '../../src/device/trust/verify-roster.ts'
import type { Wallet } from '../../src/device/wallet/wallet.ts'
import type { LeaseReply } from '../../src/shared/contract/types.ts'
import { Busy, Notice } from '../ui/parts.tsx'
import { Heading, Shell } from '../ui/shell.tsx'
import { Fault, useLoaded } from '../ui/use-task.tsx'
import { CaseScreen } from './case-screen.tsx'
import { EnrolScreen } from './enrol-screen.tsx'
import { QueueScreen } from './queue-screen.tsx'

const admissionPollMilliseconds = 3000

/** The open console: enrolment first, then admission, then cases one by one. */
export function ReviewHome({ wallet, link }: { readonly wallet: Wallet; readonly link: string | undefined }) {
  const [lease, setLease] = useState<LeaseReply>()
  const console = useLoaded(() => consoleOf(wallet))
  const lock = (): void => void wallet.api.signOut().catch(() => undefined).then(() => location.assign('/review/')) // prettier-ignore
  return (
    <Shell
      isWide={lease !== undefined}
      isTest={wallet.trust.environment === 'test'}
      end={
        <button type="button" onClick={lock}>
          Lock
        </button>
      }
    >
      {console.fault !== undefined ? (
        <Fault error={console.fault} />
      ) : console.value === undefined ? (
        <Busy>Opening your console …</Busy>
      ) : console.value.open === undefined ? (
        <EnrolScreen wallet={wallet} link={link} onEnrolled={console.reload} />
      ) : (
        <Admitted console={console.value.open}>
          {lease === undefined ? (
            <QueueScreen console={console.value.open} onClaim={setLease} />
          ) : (
            <CaseScreen key={lease.lease} console={console.value.open} lease={lease} onDone={() => setLease(undefined)} />
          )}
        </Admitted>
      )}
    </Shell>
  )
}

async function consoleOf(wallet: Wallet): Promise<{ readonly open: Console | undefined }> {
  try {
    return { open: await openConsole(wallet) }
  } catch (error) {
    if (isDeviceError(error, 'not-joined')) return { open: undefined }
    throw error
  }
}

/** Until an operator's statement is in the roster and in the log, there is nothing to review. */
function Admitted({ console, children }: { readonly console: Console; readonly children: preact.ComponentChildren }) {
  const [isAdmitted, setAdmitted] = useState(false)
  const now = (): number => console.clock.nowSeconds()
  const roster = useLoaded(
    async () => {
      if (isAdmitted) return
      const { state } = await currentRoster(console, console.trust)
      const mine = state.entries.find(({ reviewer }) => reviewer === console.secrets.reviewer)
      setAdmitted(mine !== undefined && mine.notBeforeSeconds <= now() && now() < mine.notAfterSeconds)
    },
    isAdmitted ? undefined : admissionPollMilliseconds,
  )
  if (isAdmitted) return <>{children}</>
  return (
    <>
      <Heading>Waiting for an operator</Heading>
      {roster.fault !== undefined && <Fault error={roster.fault} />}
      <p class="lead">You have asked to review. An operator must sign you into the roster; this page goes on by itself when that has happened.</p>
      <Notice>
        Your reviewer id: <span class="mono">{console.secrets.reviewer}</span>
      </Notice>
    </>
  )
}
