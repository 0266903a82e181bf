import { base32crockford } from '@scure/base'
import { utf8ToBytes } from '@noble/hashes/utils'
import { isIdOf, type RandomBytes, randomBytes } from '../../shared/ids.ts'
import type { Authenticator } from '../authenticator.ts'
import { DeviceError } from '../device-error.ts'
import { openWith, recipientOf, sealTo } from '../seal/age.ts'
import { softwarePasskeyFromSeed } from '../software-passkey.ts'
import { derivedSecret, identityFromSeed } from './vault-identity.ts'

/** What a person keeps on paper: with it alone, account and vault come back. */
export interface RecoveryKit {
  readonly account: string
  /** 160 bits in eight groups of four, such as `7ZQ4-…`. Secret. */
  readonly code: string
}

/** A fresh kit for an account. */
export function newRecoveryKit(account: string, random: RandomBytes = randomBytes): RecoveryKit {
  const digits = base32crockford.encode(random(20))
  return { account, code: (digits.match(/.{4}/g) ?? []).join('-') }
}

/** The kit as a person keeps it: two lines. */
export function kitText({ account, code }: RecoveryKit): string {
  return `Account: ${account}\nRecovery code: ${code}\n`
}

/**
 * Reads a kit back from its text; small letters, other separators and the look-alikes O, I and L are forgiven in the code.
 * @throws {DeviceError} `wrong-way-in`
 */
export function parseKit(text: string): RecoveryKit {
  const account = /account_[a-z2-7]{26}/.exec(text)?.[0] ?? ''
  const digits = (text.split(/recovery code:/i)[1] ?? '').toUpperCase().replaceAll(/[^0-9A-Z]/g, '')
  const code = digits.replaceAll('O', '0').replaceAll(/[IL]/g, '1')
  if (!isIdOf('account', account) || !/^[0-9A-HJKMNP-TV-Z]{32}$/.test(code)) throw new DeviceError('wrong-way-in', 'This is not a recovery kit.')
  return { account, code: (code.match(/.{4}/g) ?? []).join('-') }
}

/** The passkey that follows from the kit; registered to the account as a way in. */
export function kitAuthenticator(kit: RecoveryKit): Authenticator {
  return softwarePasskeyFromSeed(derivedSecret(codeBytes(kit), kit.account, 'vouchsafe/recovery-kit-passkey/v1'), kit.account)
}

/** Wraps the vault identity by the kit. */
export async function wrapByKit(vaultIdentity: string, kit: RecoveryKit): Promise<Uint8Array> {
  return sealTo(await recipientOf(kitIdentity(kit)), utf8ToBytes(vaultIdentity))
}

/**
 * The vault identity out of the kit's wrap.
 * @throws {DeviceError} `wrong-way-in`
 */
export async function openByKit(sealed: Uint8Array, kit: RecoveryKit): Promise<string> {
  const plain = await openWith(kitIdentity(kit), sealed).catch(() => {
    throw new DeviceError('wrong-way-in', 'This recovery kit does not open the vault.')
  })
  return new TextDecoder().decode(plain)
}

function kitIdentity(kit: RecoveryKit): string {
  return identityFromSeed(derivedSecret(codeBytes(kit), kit.account, 'vouchsafe/recovery-kit-wrap/v1'))
}

function codeBytes({ code }: RecoveryKit): Uint8Array {
  return base32crockford.decode(code.replaceAll('-', ''))
}
