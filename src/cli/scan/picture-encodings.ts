import { imageKind, withoutMetadata } from '../../device/seal/plain-image.ts'
import { alignedBase64, alignedBase64url, ascii, digests, hexadecimal, percentBytes, unicodeEscapes } from './byte-spellings.ts'

/** A way in which a picture may lie hidden in bytes. */
export interface PictureEncoding {
  readonly name: string
  /** What would be found of a picture. @param samples of its compressed pixels. */
  readonly spellings: (samples: readonly Buffer[], picture: Buffer) => readonly Buffer[]
}

const sampleBytes = 32
const fewestDistinctBytes = 16

/** Bytes read as a text, one character a byte. */
const charactersOf = (bytes: Buffer): string => bytes.toString('latin1')

/**
 * The eleven encodings in which a picture is looked for; compressed streams are the eleventh, as for texts.
 * The bytes themselves count also after a program took them for text, which loses some of them.
 */
export const pictureEncodings: readonly PictureEncoding[] = [
  ofEach('raw', (bytes) => [bytes, Buffer.from(charactersOf(bytes)), Buffer.from(mistakenText(bytes))]),
  ofEach('utf-16le', (bytes) => [Buffer.from(charactersOf(bytes), 'utf16le')]),
  ofEach('utf-16be', (bytes) => [Buffer.from(charactersOf(bytes), 'utf16le').swap16()]),
  ofEach('base64', alignedBase64),
  ofEach('base64url', alignedBase64url),
  ofEach('hexadecimal', hexadecimal),
  ofEach('percent', percentBytes),
  ofEach('json-escaped', jsonSpellings),
  ofEach('reversed', (bytes) => [Buffer.from(bytes).reverse()]),
  { name: 'digest', spellings: (_samples, picture) => [picture, Buffer.from(withoutMetadata(picture))].flatMap(digests) },
]

/**
 * Three samples of 32 bytes out of a picture's compressed pixels, which stay the same when metadata is removed. Dull stretches, which other files may share, are passed over.
 * @returns fewer for a picture that has no more.
 * @throws {DeviceError} `not-an-image` for anything but whole PNG and JPEG files.
 */
export function pictureSamples(picture: Uint8Array): readonly Buffer[] {
  const plain = Buffer.from(withoutMetadata(picture))
  const telling = (imageKind(plain) === 'png' ? pngData(plain) : [jpegData(plain)]).flatMap(stretchesOf).filter((bytes) => new Set(bytes).size >= fewestDistinctBytes) // prettier-ignore
  return [1, 2, 3].flatMap((quarter) => telling[Math.floor((telling.length * quarter) / 4)] ?? [])
}

function ofEach(name: string, spell: (bytes: Buffer) => readonly Buffer[]): PictureEncoding {
  return { name, spellings: (samples) => samples.flatMap(spell) }
}

/** What UTF-8 makes of bytes that are none, without the ends, which depend on the neighbours. */
function mistakenText(bytes: Buffer): string {
  return bytes.toString('utf8').slice(3, -3)
}

/** As escaped characters, as the numbers of an array, and as text that was put into JSON. */
function jsonSpellings(bytes: Buffer): Buffer[] {
  const texts = [charactersOf(bytes), mistakenText(bytes)].map((text) => Buffer.from(JSON.stringify(text).slice(1, -1)))
  return [...unicodeEscapes(charactersOf(bytes)), ascii(`,${bytes.join(',')},`), ...texts]
}

function stretchesOf(data: Buffer): Buffer[] {
  return Array.from({ length: Math.floor(data.length / sampleBytes) }, (_, at) => data.subarray(at * sampleBytes, (at + 1) * sampleBytes))
}

/** The data of each IDAT chunk: between two of them lie twelve bytes that are no pixels. */
function pngData(png: Buffer): Buffer[] {
  const data: Buffer[] = []
  for (let at = 8; at + 12 <= png.length; at += 12 + png.readUInt32BE(at)) {
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') data.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)))
  }
  return data
}

/** What follows the header of the first scan. */
function jpegData(jpeg: Buffer): Buffer {
  let at = 2
  while (jpeg[at + 1] !== 0xda) at += 2 + jpeg.readUInt16BE(at + 2)
  return jpeg.subarray(at + 2 + jpeg.readUInt16BE(at + 2))
}
