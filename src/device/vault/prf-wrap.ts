import { utf8ToBytes } from '@noble/hashes/utils'
import { DeviceError } from '../device-error.ts'
import { openWith, recipientOf, sealTo } from '../seal/age.ts'
import { derivedSecret, identityFromSeed } from './vault-identity.ts'

/** The input that passkeys evaluate for the vault; the browser hashes it under a label of its own. */
export const prfInput: Uint8Array<ArrayBuffer> = new Uint8Array(utf8ToBytes('vouchsafe/vault-prf/v1'))

/** Wraps the vault identity by a passkey's PRF output (32 bytes, secret). One age file a passkey. */
export async function wrapByPrf(vaultIdentity: string, prfOutput: Uint8Array, credentialId: string): Promise<Uint8Array> {
  return sealTo(await recipientOf(prfIdentity(prfOutput, credentialId)), utf8ToBytes(vaultIdentity))
}

/**
 * The vault identity out of a passkey's wrap.
 * @throws {DeviceError} `wrong-way-in`
 */
export async function openByPrf(sealed: Uint8Array, prfOutput: Uint8Array, credentialId: string): Promise<string> {
  const plain = await openWith(prfIdentity(prfOutput, credentialId), sealed).catch(() => {
    throw new DeviceError('wrong-way-in', 'This passkey does not open the vault.')
  })
  return new TextDecoder().decode(plain)
}

function prfIdentity(prfOutput: Uint8Array, credentialId: string): string {
  return identityFromSeed(derivedSecret(prfOutput, credentialId, 'vouchsafe/passkey-prf-wrap/v1'))
}
