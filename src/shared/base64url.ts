import { AuthorityError } from './errors.ts'

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** Bytes as unpadded base64url (RFC 4648, section 5). */
export function toBase64url(bytes: Uint8Array): string {
  let text = ''
  for (let start = 0; start < bytes.length; start += 3) {
    const group = ((bytes[start] ?? 0) << 16) | ((bytes[start + 1] ?? 0) << 8) | (bytes[start + 2] ?? 0)
    const digits = Math.min(bytes.length - start, 3) + 1
    for (let digit = 0; digit < digits; digit++) text += alphabet.charAt((group >> (18 - 6 * digit)) & 63)
  }
  return text
}

/**
 * Reads unpadded base64url and accepts exactly one spelling of each value: no padding, no white space, no set bits behind the end.
 * @throws {AuthorityError} `invalid-request` for any other spelling.
 */
export function fromBase64url(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4))
  let bits = 0
  let held = 0
  let at = 0
  for (const character of text) {
    const digit = alphabet.indexOf(character)
    if (digit < 0) throw new AuthorityError('invalid-request', 'This is not base64url.')
    held = ((held << 6) | digit) & 0xffff
    bits += 6
    if (bits >= 8) {
      bits -= 8
      bytes[at++] = (held >> bits) & 0xff
    }
  }
  if (bits >= 6 || (held & ((1 << bits) - 1)) !== 0) throw new AuthorityError('invalid-request', 'This is not canonical base64url.')
  return bytes
}
