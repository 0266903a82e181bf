import type { Wallet } from '../../src/device/wallet/wallet.ts'
import { Busy } from '../ui/parts.tsx'
import { Shell } from '../ui/shell.tsx'
import { useHash } from '../ui/use-hash.ts'
import { Fault, useLoaded } from '../ui/use-task.tsx'
import { AttestationScreen } from './attestation-screen.tsx'
import { DocumentsScreen } from './documents-screen.tsx'
import { NextScreen } from './next-screen.tsx'
import { walletState, type WalletState } from './wallet-state.ts'

/** What every screen behind the gate takes. */
export interface ScreenProps {
  readonly wallet: Wallet
  readonly state: WalletState
  /** Called when something has changed. */
  readonly onChange: () => void
}

/** The open wallet. */
export function WalletHome({ wallet }: { readonly wallet: Wallet }) {
  const hash = useHash()
  const { value, fault, reload } = useLoaded(() => walletState(wallet))
  const place = ['documents', 'attestation'].includes(hash) ? hash : 'next'
  const links = [
    ['next', 'Next step'],
    ['documents', 'Documents'],
    ['attestation', 'Attestation'],
  ].map(([at = '', text = '']) => ({ href: `#${at}`, text, isCurrent: place === at }))
  const lock = (): void => void wallet.api.signOut().catch(() => undefined).then(() => location.assign('/wallet/')) // prettier-ignore
  return (
    <Shell
      links={links}
      isTest={wallet.trust.environment === 'test'}
      end={
        <button type="button" onClick={lock}>
          Lock
        </button>
      }
    >
      {fault !== undefined && <Fault error={fault} />}
      {value === undefined ? (
        fault === undefined && <Busy>Opening your wallet …</Busy>
      ) : (
        <Screen key={place} place={place} wallet={wallet} state={value} onChange={reload} />
      )}
    </Shell>
  )
}

function Screen({ place, ...props }: ScreenProps & { readonly place: string }) {
  if (place === 'documents') return <DocumentsScreen {...props} />
  if (place === 'attestation') return <AttestationScreen {...props} />
  return <NextScreen {...props} />
}
