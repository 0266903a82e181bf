import { Decrypter, Encrypter } from 'age-encryption'
import { utf8ToBytes } from '@noble/hashes/utils'
import { wordlist } from '@scure/bip39/wordlists/english'
import { type RandomBytes, randomBytes } from '../../shared/ids.ts'
import { DeviceError } from '../device-error.ts'

/** Six words of 2,048: 66 bits, which scrypt makes costly to guess. People do not choose it, so it cannot be a bad one. */
export function newPassphrase(random: RandomBytes = randomBytes): string {
  const bytes = new DataView(random(12).buffer)
  return Array.from({ length: 6 }, (_, at) => wordlist[bytes.getUint16(at * 2) % wordlist.length]).join(' ')
}

/** log2 of scrypt's work; tests lower it. */
export const passphraseWorkFactor = 18

/** Wraps the vault identity by a passphrase: an age file of its own, with the one scrypt stanza. */
export async function wrapByPassphrase(vaultIdentity: string, passphrase: string, workFactor = passphraseWorkFactor): Promise<Uint8Array> {
  const encrypter = new Encrypter()
  encrypter.setPassphrase(spelled(passphrase))
  encrypter.setScryptWorkFactor(workFactor)
  return encrypter.encrypt(utf8ToBytes(vaultIdentity))
}

/**
 * The vault identity out of a wrap.
 * @throws {DeviceError} `wrong-way-in`
 */
export async function openByPassphrase(sealed: Uint8Array, passphrase: string): Promise<string> {
  const decrypter = new Decrypter()
  decrypter.addPassphrase(spelled(passphrase))
  return decrypter.decrypt(sealed, 'text').catch(() => {
    throw new DeviceError('wrong-way-in', 'This passphrase does not open the vault.')
  })
}

function spelled(passphrase: string): string {
  return passphrase.trim().toLowerCase().split(/\s+/).join(' ')
}
