import { quantise } from './quantise.ts'
import type { Raster } from './raster.ts'

const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)
const paletteColour = 3

/**
 * Encodes a picture as a PNG of at most 256 colours.
 * Pixels follow from the picture alone; the compressed bytes may differ between platforms' zlib.
 * @see W3C, Portable Network Graphics (PNG) Specification
 */
export async function encodePng(raster: Raster): Promise<Uint8Array<ArrayBuffer>> {
  const { palette, indices } = quantise(raster)
  const header = new Uint8Array(13)
  new DataView(header.buffer).setUint32(0, raster.width)
  new DataView(header.buffer).setUint32(4, raster.height)
  header.set([8, paletteColour, 0, 0, 0], 8)
  const data = await deflate(unfilteredRows(indices, raster.width, raster.height))
  return joined([signature, chunk('IHDR', header), chunk('PLTE', palette), chunk('IDAT', data), chunk('IEND', new Uint8Array(0))])
}

/** CRC-32 as PNG uses it (ISO 3309), unsigned. */
function crc32(bytes: Uint8Array): number {
  let rest = 0xffffffff
  for (const byte of bytes) {
    rest ^= byte
    for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? (rest >>> 1) ^ 0xedb88320 : rest >>> 1
  }
  return (rest ^ 0xffffffff) >>> 0
}

function unfilteredRows(indices: Uint8Array, width: number, height: number): Uint8Array<ArrayBuffer> {
  const rows = new Uint8Array((width + 1) * height)
  for (let y = 0; y < height; y++) rows.set(indices.subarray(y * width, (y + 1) * width), y * (width + 1) + 1)
  return rows
}

function chunk(type: string, data: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(data.length + 12)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, data.length)
  for (let index = 0; index < 4; index++) bytes[4 + index] = type.charCodeAt(index)
  bytes.set(data, 8)
  view.setUint32(data.length + 8, crc32(bytes.subarray(4, data.length + 8)))
  return bytes
}

async function deflate(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream('deflate'))
  return new Uint8Array(await new Response(stream).arrayBuffer())
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((size, part) => size + part.length, 0))
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}
