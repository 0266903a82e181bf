import type { TrustFile } from '../../shared/contract/types.ts'
import type { Device } from '../device.ts'
import { signingDeps } from '../device.ts'
import { signIn } from '../sign-in.ts'
import { type SigningDeps, type StatementContent, signStatement } from '../sign-statement.ts'
import type { Signed, StatementFrame } from '../../shared/statement.ts'
import { currentTrust } from '../trust/pinned-trust.ts'
import type { VaultKey } from '../vault/vault-index.ts'

/** A person at a device, with the vault open. Every flow of applicants and holders takes one. */
export interface Wallet extends Device {
  readonly trust: TrustFile
  readonly key: VaultKey
  /** The account's passkey on this device. */
  readonly credentialId: string
}

/** Opens a wallet whose key is on this device: fetches the trust file and, if the session is over or was never there, signs in. */
export async function openWallet(device: Device, { key, credentialId }: Pick<Wallet, 'key' | 'credentialId'>): Promise<Wallet> {
  const trust = await currentTrust(device)
  await signIn(device, trust, { principal: key.account, credentialId })
  return { ...device, trust, key, credentialId }
}

/** What statements of this wallet are signed under. */
export function walletSigning(wallet: Wallet): SigningDeps {
  return signingDeps(wallet, wallet.trust)
}

/** Signs a statement with the account's passkey. */
export function signAsOwner<S extends StatementFrame>(wallet: Wallet, content: StatementContent<S>): Promise<Signed<S>> {
  return signStatement<S>(walletSigning(wallet), wallet.credentialId, content)
}
