import type { JoinStatement, TrustFile, WayInStatement } from '../../shared/contract/types.ts'
import { toBase64url } from '../../shared/base64url.ts'
import { newId } from '../../shared/ids.ts'
import { statementChallenge, wayInRegistration } from '../../shared/statement.ts'
import { webauthnScope } from '../../shared/trust.ts'
import type { Authenticator } from '../authenticator.ts'
import { type Device, signingDeps, signingScope } from '../device.ts'
import { newIdentity, recipientOf } from '../seal/age.ts'
import { signIn } from '../sign-in.ts'
import { framedStatement, signFramed } from '../sign-statement.ts'
import { currentTrust } from '../trust/pinned-trust.ts'
import { newPassphrase, passphraseWorkFactor, wrapByPassphrase } from '../vault/passphrase.ts'
import { kitAuthenticator, newRecoveryKit, type RecoveryKit, wrapByKit } from '../vault/recovery-kit.ts'
import { type Wallet, walletSigning } from './wallet.ts'

/** A new account with its vault, and the two ways in that a person keeps outside the device. Shown once. */
export interface Joined {
  readonly wallet: Wallet
  readonly passphrase: string
  readonly kit: RecoveryKit
}

/**
 * Makes an account out of a passkey, and a vault whose key is made here and leaves the device only wrapped.
 * The kit must be read back (`confirmKit`) before the first document is kept.
 * @param workFactor log2 of the passphrase's scrypt work.
 */
export async function join(device: Device, { workFactor = passphraseWorkFactor }: { readonly workFactor?: number } = {}): Promise<Joined> {
  const trust = await currentTrust(device)
  const key = { account: newId('account'), identity: await newIdentity() }
  const credentialId = await makeAccount(device, trust, key.account, await recipientOf(key.identity))
  await signIn(device, trust, { principal: key.account, credentialId })
  const wallet = { ...device, trust, key, credentialId }
  const kit = newRecoveryKit(key.account)
  const passphrase = newPassphrase()
  await addPassphrase(wallet, passphrase, workFactor)
  await addKit(wallet, kit)
  return { wallet, passphrase, kit }
}

async function makeAccount(device: Device, trust: TrustFile, account: string, vaultRecipient: string): Promise<string> {
  const statement = framedStatement<JoinStatement>(signingDeps(device, trust), { kind: 'join', subject: account, subjectVersion: 0, vaultRecipient })
  const challenge = statementChallenge(statement)
  const registration = await device.authenticator.create({ ...signingScope(device, trust), userHandle: account, challenge })
  await device.api.join({ statement, registration })
  return registration.credentialId
}

async function addPassphrase({ api, key }: Wallet, passphrase: string, workFactor: number): Promise<void> {
  const sealed = toBase64url(await wrapByPassphrase(key.identity, passphrase, workFactor))
  await api.addWrap({ kind: 'passphrase', credentialId: null, sealed })
}

async function addKit(wallet: Wallet, kit: RecoveryKit): Promise<void> {
  const credentialId = await addWayIn(wallet, kitAuthenticator(kit), 'recovery-kit')
  await wallet.api.addWrap({ kind: 'recovery-kit', credentialId, sealed: toBase64url(await wrapByKit(wallet.key.identity, kit)) })
}

/** Registers a further passkey to the account; the passkey of this wallet signs for it. @returns the new passkey's credential id. */
export async function addWayIn(wallet: Wallet, added: Authenticator, label: WayInStatement['label']): Promise<string> {
  const { account } = wallet.key
  const frame = { id: newId('act'), subject: account, subjectVersion: 0 }
  const unnamed = wayInRegistration(framedStatement(walletSigning(wallet), { kind: 'way-in', ...frame }))
  const registration = await added.create({ ...signingScope(wallet, wallet.trust), userHandle: account, challenge: statementChallenge(unnamed) })
  // Reading a registration takes a large library, which first screens do without.
  const { registeredPasskey } = await import('../../shared/verify-assertion.ts')
  const passkey = await registeredPasskey(webauthnScope(wallet.trust), registration, unnamed)
  const signed = await signFramed<WayInStatement>(walletSigning(wallet), wallet.credentialId, { ...unnamed, kind: 'way-in', label, passkey })
  await wallet.api.addPasskey({ signed, registration })
  return registration.credentialId
}
