import { createHash } from 'node:crypto'

/** ASCII digits as bytes. */
export const ascii = (text: string): Buffer => Buffer.from(text, 'latin1')

/** Base64 of bytes that begin at any of the three places of a group: without the digits that neighbours share. */
export function alignedBase64(bytes: Buffer): Buffer[] {
  return [0, 1, 2].map((offset) => {
    const digits = Buffer.concat([Buffer.alloc(offset), bytes])
      .toString('base64')
      .replaceAll('=', '')
    const first = offset === 0 ? 0 : offset + 1
    const isWhole = (offset + bytes.length) % 3 === 0
    return ascii(digits.slice(first, isWhole ? undefined : -1))
  })
}

/** The same with the digits of RFC 4648, section 5. */
export function alignedBase64url(bytes: Buffer): Buffer[] {
  return alignedBase64(bytes).map((spelling) => ascii(spelling.toString('latin1').replaceAll('+', '-').replaceAll('/', '_')))
}

/** Two digits a byte, in either case. */
export function hexadecimal(bytes: Buffer): Buffer[] {
  const digits = bytes.toString('hex')
  return [digits, digits.toUpperCase()].map(ascii)
}

/** Each byte with a percent sign, in either case. */
export function percentBytes(bytes: Buffer): Buffer[] {
  const every = [...bytes].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')
  return [every, every.toUpperCase()].map(ascii)
}

/** Each UTF-16 unit of a text as JSON can escape it, in either case. */
export function unicodeEscapes(text: string): Buffer[] {
  const every = Array.from({ length: text.length }, (_, at) => `\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}`).join('')
  return [every, every.toUpperCase().replaceAll('\\U', '\\u')].map(ascii)
}

/** The usual digests, as bytes and as digits. */
export function digests(bytes: Buffer): Buffer[] {
  return ['sha256', 'sha1', 'md5', 'sha512'].flatMap((algorithm) => {
    const digest = createHash(algorithm).update(bytes).digest()
    return [digest, ascii(digest.toString('hex')), ascii(digest.toString('base64').replaceAll('=', '')), ascii(digest.toString('base64url'))]
  })
}
