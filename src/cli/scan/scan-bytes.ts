import { gunzipSync, inflateRawSync, inflateSync } from 'node:zlib'
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

/** What gzip and zlib streams hold, wherever in the bytes they begin. */
function inflatedStreams(bytes: Buffer): Buffer[] {
  const found: Buffer[] = []
  const open = (inflate: (bytes: Buffer, options: object) => Buffer, at: number): void => {
    try {
      const stream = inflate(bytes.subarray(at), { maxOutputLength: largestStreamBytes, finishFlush: 2 })
      if (stream.length > 0) found.push(stream)
    } catch {
      // Two bytes that look like a header are mostly chance.
    }
  }
  for (let at = bytes.indexOf(0x1f); at >= 0; at = bytes.indexOf(0x1f, at + 1)) if (bytes[at + 1] === 0x8b && bytes[at + 2] === 8) open(gunzipSync, at)
  for (let at = bytes.indexOf(0x78); at >= 0; at = bytes.indexOf(0x78, at + 1)) {
    if ([0x01, 0x5e, 0x9c, 0xda].includes(bytes[at + 1] ?? 0) && (0x7800 + (bytes[at + 1] ?? 0)) % 31 === 0) open(inflateSync, at)
  }
  open(inflateRawSync, 0)
  return found
}

function unique(spellings: readonly Buffer[]): Buffer[] {
  return spellings.filter((each, at) => spellings.findIndex((other) => other.equals(each)) === at)
}

function uniqueHits(hits: readonly Hit[]): Hit[] {
  return hits.filter((hit, at) => hits.findIndex(({ canary, encoding }) => canary === hit.canary && encoding === hit.encoding) === at)
}
