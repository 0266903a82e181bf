import { constants, inflateRawSync } from 'node:zlib'
import { compressedName, encodings } from './encodings.ts'

/** What is looked for: every spelling of every canary. */
export interface Needle {
  readonly canary: number
  readonly encoding: string
  readonly bytes: Buffer
}

/** Where something was found. The canary is named by its line, so that a report does not repeat it. */
export interface Hit {
  readonly place: string
  readonly canary: number
  readonly encoding: string
}

/** Every spelling of every canary, without those that are too short to mean anything. */
export function needlesOf(canaries: readonly string[]): Needle[] {
  return canaries.flatMap((text, canary) =>
    encodings.flatMap(({ name, spellings }) => unique(spellings(text)).flatMap((bytes) => (bytes.length < 6 ? [] : [{ canary, encoding: name, bytes }]))),
  )
}

/** Looks through bytes, and through the compressed streams inside them. */
export function scanBytes(place: string, bytes: Buffer, needles: readonly Needle[]): Hit[] {
  const plain = needles.filter((needle) => bytes.includes(needle.bytes)).map(({ canary, encoding }) => ({ place, canary, encoding }))
  const inside = inflatedStreams(bytes).flatMap((stream) => needles.filter((needle) => stream.includes(needle.bytes)))
  return uniqueHits([...plain, ...inside.map(({ canary }) => ({ place, canary, encoding: compressedName }))])
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
  return hits.filter((hit, at) => hits.findIndex(({ canary, encoding }) => canary === hit.canary && encoding === hit.encoding) === at)
}
