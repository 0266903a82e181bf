import { constants, inflateRawSync } from 'node:zlib'
import { imageKind } from '../../device/seal/plain-image.ts'
import { CliError } from '../cli-error.ts'
import { compressedName, encodings } from './encodings.ts'
import { pictureEncodings, pictureSamples } from './picture-encodings.ts'

/** What is looked for: one spelling of a text or a picture. */
export interface Needle {
  readonly what: string
  readonly encoding: string
  readonly bytes: Buffer
}

/** Where something was found. A text is named by its line and a picture by its number, so that a report does not repeat them. */
export interface Hit {
  readonly place: string
  readonly what: string
  readonly encoding: string
}

const fewestNeedleBytes = 6

/** Every spelling of a text, without those that are too short to mean anything. @param what how reports name the text. */
export function textNeedles(what: string, text: string): Needle[] {
  return encodings.flatMap(({ name, spellings }) => needlesOf(what, name, spellings(text)))
}

/**
 * Every spelling of three samples of a picture's compressed pixels, and of the whole picture's digests.
 * @param what how reports name the picture.
 * @throws {CliError} `not-a-picture` for what is no PNG or JPEG, or has too little in it to be told from other files: a scan for it would prove nothing.
 */
export function pictureNeedles(what: string, picture: Uint8Array): Needle[] {
  const samples = imageKind(picture) === undefined ? [] : pictureSamples(picture)
  if (samples.length < 3) throw new CliError('not-a-picture', `Not a PNG or JPEG with enough in it to look for: ${what}.`, 2)
  return pictureEncodings.flatMap(({ name, spellings }) => needlesOf(what, name, spellings(samples, Buffer.from(picture))))
}

function needlesOf(what: string, encoding: string, spellings: readonly Buffer[]): Needle[] {
  return unique(spellings).flatMap((bytes) => (bytes.length < fewestNeedleBytes ? [] : [{ what, encoding, bytes }]))
}

/** Looks through bytes, and through the compressed streams inside them. */
export function scanBytes(place: string, bytes: Buffer, needles: readonly Needle[]): Hit[] {
  const plain = needles.filter((needle) => bytes.includes(needle.bytes)).map(({ what, encoding }) => ({ place, what, encoding }))
  const inside = inflatedStreams(bytes).flatMap((stream) => needles.filter((needle) => stream.includes(needle.bytes)))
  return uniqueHits([...plain, ...inside.map(({ what }) => ({ place, what, encoding: compressedName }))])
}

const largestStreamBytes = 8_000_000

/** What gzip, zlib and bare deflate streams hold; the first two wherever in the bytes they begin. What follows a stream does not matter. */
function inflatedStreams(bytes: Buffer): Buffer[] {
  const starts = [0, ...gzipStarts(bytes), ...zlibStarts(bytes)]
  return starts.map((at) => inflated(bytes.subarray(at))).filter((stream) => stream.length > 0)
}

/** Behind the header's ten bytes and an optional file name (RFC 1952). */
function gzipStarts(bytes: Buffer): number[] {
  return placesOf(bytes, 0x1f)
    .filter((at) => bytes[at + 1] === 0x8b && bytes[at + 2] === 8)
    .map((at) => (((bytes[at + 3] ?? 0) & 8) === 0 ? at + 10 : bytes.indexOf(0, at + 10) + 1))
}

/** Behind the header's two bytes, whose sum tells most chance pairs apart (RFC 1950). */
function zlibStarts(bytes: Buffer): number[] {
  return placesOf(bytes, 0x78)
    .filter((at) => [0x01, 0x5e, 0x9c, 0xda].includes(bytes[at + 1] ?? 0))
    .map((at) => at + 2)
}

function placesOf(bytes: Buffer, byte: number): number[] {
  const places: number[] = []
  for (let at = bytes.indexOf(byte); at >= 0; at = bytes.indexOf(byte, at + 1)) places.push(at)
  return places
}

function inflated(bytes: Buffer): Buffer {
  try {
    return inflateRawSync(bytes, { maxOutputLength: largestStreamBytes, finishFlush: constants.Z_SYNC_FLUSH })
  } catch {
    // What looked like a header was chance.
    return Buffer.alloc(0)
  }
}

function unique(spellings: readonly Buffer[]): Buffer[] {
  return spellings.filter((each, at) => spellings.findIndex((other) => other.equals(each)) === at)
}

function uniqueHits(hits: readonly Hit[]): Hit[] {
  return hits.filter((hit, at) => hits.findIndex(({ what, encoding }) => what === hit.what && encoding === hit.encoding) === at)
}
