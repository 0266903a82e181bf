import { createHash } from 'node:crypto'

/** A way in which text may lie hidden in bytes: every spelling of a text that would be found there. */
export interface Encoding {
  readonly name: string
  readonly spellings: (text: string) => readonly Buffer[]
}

const ascii = (text: string): Buffer => Buffer.from(text, 'latin1')
const utf8 = (text: string): Buffer => Buffer.from(text, 'utf8')

/**
 * The eleven encodings in which personal data is looked for. The eleventh, compressed streams, is made by the scanner, which opens them and looks inside.
 * Digests count, since a hash of a short secret without a key is as good as the secret.
 */
export const encodings: readonly Encoding[] = [
  { name: 'utf-8', spellings: (text) => [utf8(text)] },
  { name: 'utf-16le', spellings: (text) => [Buffer.from(text, 'utf16le')] },
  { name: 'utf-16be', spellings: (text) => [Buffer.from(text, 'utf16le').swap16()] },
  { name: 'base64', spellings: (text) => alignedBase64(text) },
  {
    name: 'base64url',
    spellings: (text) => alignedBase64(text).map((spelling) => ascii(spelling.toString('latin1').replaceAll('+', '-').replaceAll('/', '_'))),
  },
  { name: 'hexadecimal', spellings: (text) => [ascii(utf8(text).toString('hex')), ascii(utf8(text).toString('hex').toUpperCase())] },
  { name: 'percent', spellings: percentSpellings },
  { name: 'json-escaped', spellings: jsonSpellings },
  { name: 'reversed', spellings: (text) => [utf8(Array.from(text).toReversed().join(''))] },
  { name: 'digest', spellings: digestSpellings },
]

/** The name of the eleventh. */
export const compressedName = 'compressed'

/** Base64 of a text that begins at any of the three places of a group: without the digits that neighbours share. */
function alignedBase64(text: string): Buffer[] {
  const bytes = utf8(text)
  return [0, 1, 2].map((offset) => {
    const digits = Buffer.concat([Buffer.alloc(offset), bytes])
      .toString('base64')
      .replaceAll('=', '')
    const first = offset === 0 ? 0 : offset + 1
    const isWhole = (offset + bytes.length) % 3 === 0
    return ascii(digits.slice(first, isWhole ? undefined : -1))
  })
}

function percentSpellings(text: string): Buffer[] {
  const every = [...utf8(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')
  const component = encodeURIComponent(text)
  return [every, every.toUpperCase(), component, component.replaceAll('%20', '+')].map(ascii)
}

function jsonSpellings(text: string): Buffer[] {
  const every = Array.from({ length: text.length }, (_, at) => `\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}`).join('')
  const inner = JSON.stringify(text).slice(1, -1)
  return [ascii(every), ascii(every.toUpperCase().replaceAll('\\U', '\\u')), utf8(inner)]
}

function digestSpellings(text: string): Buffer[] {
  return ['sha256', 'sha1', 'md5', 'sha512'].flatMap((algorithm) => {
    const digest = createHash(algorithm).update(text).digest()
    return [digest, ascii(digest.toString('hex')), ascii(digest.toString('base64').replaceAll('=', '')), ascii(digest.toString('base64url'))]
  })
}
