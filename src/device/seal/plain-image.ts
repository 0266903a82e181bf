import { concatBytes } from '@noble/hashes/utils'
import { DeviceError } from '../device-error.ts'

const pngMagic = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
const keptChunks: readonly string[] = ['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND']

/** What an image is, by its first bytes; names and declared types are not believed. */
export function imageKind(bytes: Uint8Array): 'png' | 'jpeg' | undefined {
  if (pngMagic.every((byte, at) => bytes[at] === byte)) return 'png'
  return bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff ? 'jpeg' : undefined
}

/**
 * The same picture without what cameras and programs write beside it: place, time, device, thumbnails, comments.
 * @throws {DeviceError} `not-an-image` for anything but whole PNG and JPEG files.
 */
export function withoutMetadata(bytes: Uint8Array): Uint8Array {
  const kind = imageKind(bytes)
  if (kind === undefined) throw notAnImage()
  return kind === 'png' ? plainPng(bytes) : plainJpeg(bytes)
}

/** Keeps the chunks that hold the picture. @see https://www.w3.org/TR/png-3/#5Chunk-layout */
function plainPng(bytes: Uint8Array): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const kept = [bytes.subarray(0, 8)]
  for (let at = 8; at + 12 <= bytes.length;) {
    const end = at + 12 + view.getUint32(at)
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8))
    if (end > bytes.length) throw notAnImage()
    if (keptChunks.includes(type)) kept.push(bytes.subarray(at, end))
    if (type === 'IEND') return concatBytes(...kept)
    at = end
  }
  throw notAnImage()
}

/** Drops APP1 to APP13, APP15 and comments; APP0 (JFIF) and APP14 (colour transform) say how to decode. What follows the picture is cut off. */
function plainJpeg(bytes: Uint8Array): Uint8Array {
  const kept = [bytes.subarray(0, 2)]
  for (let at = 2; at + 4 <= bytes.length;) {
    const marker = bytes[at + 1] ?? 0
    const end = at + 2 + ((bytes[at + 2] ?? 0) << 8) + (bytes[at + 3] ?? 0)
    if (bytes[at] !== 0xff || end > bytes.length) throw notAnImage()
    if (marker === 0xda) return concatBytes(...kept, bytes.subarray(at, endOfScans(bytes, end)))
    const isKept = marker === 0xe0 || marker === 0xee || (marker < 0xe0 && marker !== 0xfe)
    if (isKept) kept.push(bytes.subarray(at, end))
    at = end
  }
  throw notAnImage()
}

function endOfScans(bytes: Uint8Array, from: number): number {
  for (let at = from; at + 1 < bytes.length; at++) if (bytes[at] === 0xff && bytes[at + 1] === 0xd9) return at + 2
  throw notAnImage()
}

function notAnImage(): DeviceError {
  return new DeviceError('not-an-image', 'This is not a PNG or JPEG picture.')
}
