import { alignedBase64, alignedBase64url, ascii, digests, hexadecimal, percentBytes, unicodeEscapes } from './byte-spellings.ts'

/** A way in which text may lie hidden in bytes: every spelling of a text that would be found there. */
export interface Encoding {
  readonly name: string
  readonly spellings: (text: string) => readonly Buffer[]
}

const utf8 = (text: string): Buffer => Buffer.from(text, 'utf8')

/**
 * The eleven encodings in which personal data is looked for. The eleventh, compressed streams, is made by the scanner, which opens them and looks inside.
 * Digests count, since a hash of a short secret without a key is as good as the secret.
 */
export const encodings: readonly Encoding[] = [
  { name: 'utf-8', spellings: (text) => [utf8(text)] },
  { name: 'utf-16le', spellings: (text) => [Buffer.from(text, 'utf16le')] },
  { name: 'utf-16be', spellings: (text) => [Buffer.from(text, 'utf16le').swap16()] },
  { name: 'base64', spellings: (text) => alignedBase64(utf8(text)) },
  { name: 'base64url', spellings: (text) => alignedBase64url(utf8(text)) },
  { name: 'hexadecimal', spellings: (text) => hexadecimal(utf8(text)) },
  { name: 'percent', spellings: percentSpellings },
  { name: 'json-escaped', spellings: (text) => [...unicodeEscapes(text), utf8(JSON.stringify(text).slice(1, -1))] },
  { name: 'reversed', spellings: (text) => [utf8(Array.from(text).toReversed().join(''))] },
  { name: 'digest', spellings: (text) => digests(utf8(text)) },
]

/** The name of the eleventh. */
export const compressedName = 'compressed'

function percentSpellings(text: string): Buffer[] {
  const component = encodeURIComponent(text)
  return [...percentBytes(utf8(text)), ...[component, component.replaceAll('%20', '+')].map(ascii)]
}
