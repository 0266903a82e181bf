import { isDeviceError } from '../../src/device/device-error.ts'
import { signingScope } from '../../src/device/device.ts'
import { currentTrust } from '../../src/device/trust/pinned-trust.ts'
import type { RecoveryKit } from '../../src/device/vault/recovery-kit.ts'
import type { VaultKey } from '../../src/device/vault/vault-index.ts'
import { confirmKit } from '../../src/device/wallet/confirm-kit.ts'
import { join } from '../../src/device/wallet/join.ts'
import { recoverWithKit } from '../../src/device/wallet/recover-with-kit.ts'
import { addPrfWrap, type PrfResult, unlockByPassphrase, unlockByPrf } from '../../src/device/wallet/unlock.ts'
import type { Wallet } from '../../src/device/wallet/wallet.ts'
import type { TrustFile } from '../../src/shared/contract/types.ts'
import { signInChallenge } from '../../src/shared/statement.ts'
import { type KnownAccount, type PageDevice, rememberAccount } from '../ui/page-device.ts'

/** A wallet that was just made, with what its person must keep. */
export interface NewAccount {
  readonly wallet: Wallet
  readonly passphrase: string
  readonly kit: RecoveryKit
}

/** A person who is signed in and whose vault is still shut: the passkey has no PRF, so the passphrase is needed. */
export interface SignedIn extends KnownAccount {
  readonly trust: TrustFile
  readonly prf: PrfResult | undefined
}

/** Makes an account with a passkey of this browser; where the passkey has a PRF, it opens the vault from now on. */
export async function joinHere(device: PageDevice): Promise<NewAccount> {
  const joined = await join(device)
  const { key, credentialId } = joined.wallet
  await rememberAccount({ account: key.account, credentialId })
  await addOwnPrf(device, key, credentialId, device.authenticator.takePrfResult())
  return joined
}

/** Signs in with a passkey: the known account's, or the one that the person chooses. */
export async function signInHere(device: PageDevice, known: KnownAccount | undefined): Promise<SignedIn> {
  const trust = await currentTrust(device)
  const { nonce } = await device.api.signInChallenge()
  const asked = { ...signingScope(device, trust), challenge: signInChallenge(trust.issuer, nonce) }
  const assertion = await device.authenticator.get({ ...asked, ...(known && { credentialId: known.credentialId }) })
  const principal = device.authenticator.takeUserHandle() ?? known?.account ?? ''
  const session = await device.api.signIn({ principal, nonce, assertion, carrier: 'cookie' })
  const account = { account: session.principal, credentialId: assertion.credentialId }
  await rememberAccount(account)
  return { ...account, trust, prf: device.authenticator.takePrfResult() }
}

/** Opens the vault with what the passkey gave at sign-in; undefined if that does not open it. */
export async function openByPasskey(device: PageDevice, { account, credentialId, trust, prf }: SignedIn): Promise<Wallet | undefined> {
  if (prf === undefined) return undefined
  try {
    return { ...device, trust, key: await unlockByPrf(device, account, prf), credentialId }
  } catch (error) {
    if (isDeviceError(error, 'wrong-way-in')) return undefined
    throw error
  }
}

/** Opens the vault with the passphrase, and lets the passkey open it the next time. */
export async function openByWords(device: PageDevice, { account, credentialId, trust, prf }: SignedIn, passphrase: string): Promise<Wallet> {
  const key = await unlockByPassphrase(device, account, passphrase)
  await addOwnPrf(device, key, credentialId, prf)
  return { ...device, trust, key, credentialId }
}

/** Comes back with the recovery kit alone; this browser gets a passkey of its own. */
export async function openByKit(device: PageDevice, kitText: string): Promise<Wallet> {
  const wallet = await recoverWithKit(device, kitText)
  await rememberAccount({ account: wallet.key.account, credentialId: wallet.credentialId })
  await addOwnPrf(device, wallet.key, wallet.credentialId, device.authenticator.takePrfResult())
  return wallet
}

/** Checks what the person has kept, and nothing else. @throws {DeviceError} `wrong-way-in` */
export async function checkKit(wallet: Wallet, keptText: string): Promise<void> {
  await confirmKit(wallet, keptText)
}

async function addOwnPrf(device: PageDevice, key: VaultKey, credentialId: string, prf: PrfResult | undefined): Promise<void> {
  if (prf?.credentialId !== credentialId) return
  const { wraps } = await device.api.vault()
  if (!wraps.some((wrap) => wrap.kind === 'passkey-prf' && wrap.credentialId === credentialId)) await addPrfWrap(device, key, prf)
}
