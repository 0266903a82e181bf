import { readFileSync } from 'node:fs'
import { isSafeSize, pictureSize } from '../../../web/ui/picture-size.ts'

const bytes = (...parts: readonly (string | readonly number[])[]): Uint8Array =>
  Uint8Array.from([...parts.flatMap((part) => (typeof part === 'string' ? [...Buffer.from(part)] : [...part])), ...new Array<number>(32).fill(0)])

const jpeg = bytes([0xff, 0xd8], [0xff, 0xe1, 0, 6, 1, 2, 3, 4], [0xff, 0xc4, 0, 3, 0], [0xff, 0xc2, 0, 11, 8, 0x02, 0x58, 0x03, 0x20, 1, 0x11, 0])

test.each([
  ['a PNG', new Uint8Array(readFileSync('specimens/passport-single.png')), { width: 1000, height: 704 }],
  ['a JPEG behind other segments', jpeg, { width: 800, height: 600 }],
  ['a lossy WebP', bytes('RIFF', [0, 0, 0, 0], 'WEBPVP8 ', [0, 0, 0, 0, 0, 0, 0, 0x9d, 0x01, 0x2a, 0x20, 0x03, 0x58, 0x02]), { width: 800, height: 600 }],
  ['a lossless WebP', bytes('RIFF', [0, 0, 0, 0], 'WEBPVP8L', [0, 0, 0, 0, 0x2f, 0x1f, 0xc3, 0x95, 0x00]), { width: 800, height: 600 }],
  ['an extended WebP', bytes('RIFF', [0, 0, 0, 0], 'WEBPVP8X', [0, 0, 0, 0, 0, 0, 0, 0, 0x1f, 0x03, 0, 0x57, 0x02, 0]), { width: 800, height: 600 }],
])('reads the size of %s', (_name, picture, size) => {
  expect(pictureSize(picture)).toEqual(size)
})

test.each([
  ['a GIF', bytes('GIF89a')],
  ['an SVG', bytes('<svg xmlns="http://www.w3.org/2000/svg">')],
  ['a PDF', bytes('%PDF-1.7')],
  ['nothing', new Uint8Array()],
  ['a JPEG that ends before its frame', bytes([0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0])],
  ['a JPEG whose segment leads out of it', bytes([0xff, 0xd8, 0xff, 0xe0, 0xff, 0xff, 0, 0])],
])('finds no picture in %s', (_name, content) => {
  expect(pictureSize(content)).toBeUndefined()
})

test.each([
  [{ width: 4000, height: 3000 }, true],
  [{ width: 30_000, height: 30_000 }, false],
  [{ width: 16_001, height: 1 }, false],
  [{ width: 0, height: 100 }, false],
])('whether %j may be decoded: %s', (size, isSafe) => {
  expect(isSafeSize(size)).toBe(isSafe)
})
