import { labelledHash } from './hash.ts'

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567'

/**
 * The kinds of thing that have an id, which is `kind_` and 26 lower-case base32 characters (128 bits).
 * An `act` id may be chosen by whoever signs a statement; what the authority does later on by itself has a `duty` id, which nobody can use up before.
 */
export type IdKind =
  | 'account' | 'act' | 'attestation' | 'batch' | 'case' | 'duty' | 'enrolment' | 'lease' | 'opening'
  | 'operator' | 'person' | 'request' | 'reviewer' | 'verdict' | 'wrap' // prettier-ignore

/** Returns that many random bytes. */
export type RandomBytes = (sizeBytes: number) => Uint8Array<ArrayBuffer>

/** Random bytes from the platform's own generator, in Node and in a browser. */
export const randomBytes: RandomBytes = (sizeBytes) => crypto.getRandomValues(new Uint8Array(sizeBytes))

/** A fresh random id of a kind. */
export function newId(kind: IdKind, random: RandomBytes = randomBytes): string {
  return `${kind}_${base32(random(16))}`
}

/** An id that follows from its cause: the same parts give the same id, so that doing a thing twice does it once. */
export function derivedId(kind: IdKind, ...parts: readonly (string | number)[]): string {
  return `${kind}_${base32(labelledHash('vouchsafe/id/v1', [kind, ...parts]).subarray(0, 16))}`
}

/** Whether `text` is an id of this kind. */
export function isIdOf(kind: IdKind, text: string): boolean {
  return new RegExp(`^${kind}_[a-z2-7]{26}$`).test(text)
}

function base32(bytes: Uint8Array): string {
  let text = ''
  let bits = 0
  let held = 0
  for (const byte of bytes) {
    held = (held << 8) | byte
    bits += 8
    while (bits >= 5) {
      bits -= 5
      text += alphabet.charAt((held >> bits) & 31)
    }
    held &= (1 << bits) - 1
  }
  return bits > 0 ? text + alphabet.charAt((held << (5 - bits)) & 31) : text
}
