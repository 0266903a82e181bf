import { Decrypter, Encrypter, generateHybridIdentity, identityToRecipient } from 'age-encryption'
import { DeviceError } from '../device-error.ts'

/** A fresh hybrid post-quantum age identity, `AGE-SECRET-KEY-PQ-1…`. Secret. */
export function newIdentity(): Promise<string> {
  return generateHybridIdentity()
}

/** The recipient of an identity, `age1pq1…`. Public. */
export function recipientOf(identity: string): Promise<string> {
  return identityToRecipient(identity)
}

/**
 * Encrypts to one hybrid recipient. One recipient a file: nobody can be added beside the one that is meant.
 * @throws {DeviceError} `cannot-open` if the recipient is of another kind, which a quantum computer could open later.
 */
export async function sealTo(recipient: string, plain: Uint8Array): Promise<Uint8Array> {
  if (!recipient.startsWith('age1pq1')) throw new DeviceError('cannot-open', 'Only hybrid post-quantum recipients are sealed to.')
  const encrypter = new Encrypter()
  encrypter.addRecipient(recipient)
  return encrypter.encrypt(plain)
}

/**
 * Decrypts with an identity. It says nothing about who sealed it.
 * @throws {DeviceError} `cannot-open`
 */
export async function openWith(identity: string, sealed: Uint8Array): Promise<Uint8Array> {
  const decrypter = new Decrypter()
  decrypter.addIdentity(identity)
  return decrypter.decrypt(sealed).catch(() => {
    throw new DeviceError('cannot-open', 'This cannot be opened with the key that is here.')
  })
}
