import { concatBytes } from '@noble/hashes/utils'
import { DeviceError } from '../device-error.ts'

/**
 * The Padmé size of a length: at most 12 % longer, and only so many sizes exist that a size tells little.
 * @see https://lbarman.ch/blog/padme/
 */
export function padmeSize(sizeBytes: number): number {
  if (sizeBytes < 2) return sizeBytes
  const exponent = Math.floor(Math.log2(sizeBytes))
  const keptBits = Math.floor(Math.log2(exponent || 1)) + 1
  const step = 2 ** Math.max(0, exponent - keptBits)
  return Math.ceil(sizeBytes / step) * step
}

/** 4-byte big-endian length ‖ content ‖ zeros up to the Padmé size. */
export function padded(content: Uint8Array): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(padmeSize(content.length + 4))
  new DataView(out.buffer).setUint32(0, content.length)
  out.set(content, 4)
  return out
}

/**
 * The content of padded bytes.
 * @throws {DeviceError} `cannot-open` if the length or the padding is not as `padded` makes it.
 */
export function unpadded(bytes: Uint8Array): Uint8Array {
  const length = bytes.length < 4 ? -1 : new DataView(bytes.buffer, bytes.byteOffset).getUint32(0)
  const isWhole = length >= 0 && padmeSize(length + 4) === bytes.length && bytes.subarray(4 + length).every((byte) => byte === 0)
  if (!isWhole) throw new DeviceError('cannot-open', 'The sealed content has another length than it says.')
  return concatBytes(bytes.subarray(4, 4 + length))
}
