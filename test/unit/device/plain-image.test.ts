import { concatBytes, utf8ToBytes } from '@noble/hashes/utils'
import { imageKind, withoutMetadata } from '../../../src/device/seal/plain-image.ts'

const marker = utf8ToBytes('taken at 52.1 N by somebody')
const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values)
const contains = (all: Uint8Array, part: Uint8Array): boolean => Buffer.from(all).includes(Buffer.from(part))

function chunk(type: string, data: Uint8Array): Uint8Array {
  return concatBytes(bytes(0, 0, 0, data.length), utf8ToBytes(type), data, bytes(1, 2, 3, 4))
}

function segment(code: number, data: Uint8Array): Uint8Array {
  return concatBytes(bytes(0xff, code, 0, data.length + 2), data)
}

const pngHead = bytes(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)
const picture = [chunk('IHDR', bytes(1, 2, 3)), chunk('IDAT', bytes(9, 9, 9)), chunk('IEND', bytes())]
const scan = concatBytes(segment(0xda, bytes(1)), bytes(5, 6, 0xff, 0x00, 7, 0xff, 0xd9))

describe('a picture without metadata', () => {
  test('keeps a PNG’s picture and drops its texts, dates and profiles', () => {
    const [header, data, end] = picture as [Uint8Array, Uint8Array, Uint8Array]
    const png = concatBytes(pngHead, header, chunk('tEXt', marker), chunk('eXIf', marker), data, chunk('tIME', bytes(1)), end, marker)
    expect(withoutMetadata(png)).toEqual(concatBytes(pngHead, ...picture))
  })

  test('keeps a JPEG’s picture and drops Exif, comments and what follows', () => {
    const kept = [segment(0xe0, utf8ToBytes('JFIF')), segment(0xdb, bytes(1, 2))] as const
    const jpeg = concatBytes(bytes(0xff, 0xd8), kept[0], segment(0xe1, marker), segment(0xfe, marker), segment(0xed, marker), kept[1], scan, marker)
    const plain = withoutMetadata(jpeg)
    expect(plain).toEqual(concatBytes(bytes(0xff, 0xd8), ...kept, scan))
    expect(contains(plain, marker)).toBe(false)
  })

  test.each([
    ['a PDF', utf8ToBytes('%PDF-1.7')],
    ['an SVG', utf8ToBytes('<svg xmlns="http://www.w3.org/2000/svg"/>')],
    ['nothing', bytes()],
    ['a PNG that breaks off', concatBytes(pngHead, chunk('IHDR', bytes(1, 2, 3)))],
    ['a PNG whose chunk is longer than the file', concatBytes(pngHead, bytes(0, 0, 9, 9), utf8ToBytes('IHDR'))],
    ['a JPEG that breaks off', bytes(0xff, 0xd8, 0xff, 0xe0, 0, 9)],
    ['a JPEG without an end', concatBytes(bytes(0xff, 0xd8), segment(0xda, bytes(1)), bytes(5, 6))],
  ])('refuses %s', (_what, file) => {
    expect(() => withoutMetadata(file)).toThrow(expect.objectContaining({ code: 'not-an-image' }))
  })

  test('is told by first bytes alone', () => {
    expect([imageKind(pngHead), imageKind(bytes(0xff, 0xd8, 0xff)), imageKind(utf8ToBytes('RIFF'))]).toEqual(['png', 'jpeg', undefined])
  })
})
