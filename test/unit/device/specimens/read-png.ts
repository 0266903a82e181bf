import { crc32, inflateSync } from 'node:zlib'

const { floor } = Math

/** A decoded PNG of palette colours, as this project's encoder writes them: three bytes a pixel. */
export interface ReadPng {
  readonly width: number
  readonly height: number
  readonly pixels: Uint8Array
}

/** Decodes by Node's own zlib, checking signature and chunk checksums: an independent reader for the encoder's tests. */
export function readPng(png: Uint8Array): ReadPng {
  const chunks = readChunks(Buffer.from(png))
  const [header, palette, data] = ['IHDR', 'PLTE', 'IDAT'].map((type) => chunks.get(type) ?? Buffer.alloc(0)) as [Buffer, Buffer, Buffer]
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)]
  const rows = inflateSync(data)
  for (let y = 0; y < height; y++) if (rows[y * (width + 1)] !== 0) throw new Error('This row has a filter.')
  const pixels = new Uint8Array(width * height * 3)
  for (let at = 0; at < pixels.length; at++) {
    const pixel = floor(at / 3)
    pixels[at] = palette[(rows[pixel + floor(pixel / width) + 1] ?? 0) * 3 + (at % 3)] ?? 0
  }
  return { width, height, pixels }
}

function readChunks(png: Buffer): Map<string, Buffer> {
  if (png.subarray(0, 8).toString('hex') !== '89504e470d0a1a0a') throw new Error('This is not a PNG.')
  const chunks = new Map<string, Buffer>()
  for (let at = 8; at < png.length;) {
    const size = png.readUInt32BE(at)
    const body = png.subarray(at + 4, at + 8 + size)
    if (crc32(body) !== png.readUInt32BE(at + 8 + size)) throw new Error('The checksum of a chunk is wrong.')
    chunks.set(body.toString('latin1', 0, 4), body.subarray(4))
    at += size + 12
  }
  return chunks
}
