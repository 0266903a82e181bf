/** What a picture's first bytes say of it, before anything decodes it. */
export interface PictureSize {
  readonly width: number
  readonly height: number
}

/** The most pixels that are ever decoded. */
const maxPixels = 50_000_000
const maxSide = 16_000

/**
 * Reads kind and size of a PNG, JPEG or WebP from its bytes; names and declared types are not believed.
 * @returns undefined for anything else.
 */
export function pictureSize(bytes: Uint8Array): PictureSize | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < 32) return undefined
  if (view.getUint32(0) === 0x89504e47 && view.getUint32(4) === 0x0d0a1a0a) return { width: view.getUint32(16), height: view.getUint32(20) }
  if (view.getUint16(0) === 0xffd8) return jpegSize(view)
  return view.getUint32(0) === 0x52494646 && view.getUint32(8) === 0x57454250 ? webpSize(view) : undefined
}

/** Whether a picture may be decoded: not so large that it stops the device. */
export function isSafeSize({ width, height }: PictureSize): boolean {
  return width > 0 && height > 0 && width <= maxSide && height <= maxSide && width * height <= maxPixels
}

/** The frame header's size; segments before it are stepped over. @see ITU-T T.81, B.2.2 */
function jpegSize(view: DataView): PictureSize | undefined {
  for (let at = 2; at + 9 <= view.byteLength && view.getUint8(at) === 0xff; at += 2 + view.getUint16(at + 2)) {
    const marker = view.getUint8(at + 1)
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc
    if (isFrame) return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) }
  }
  return undefined
}

/** @see RFC 9649, section 2 */
function webpSize(view: DataView): PictureSize | undefined {
  const kind = view.getUint32(12)
  const three = (at: number): number => view.getUint16(at, true) + (view.getUint8(at + 2) << 16)
  if (kind === 0x56503858) return { width: three(24) + 1, height: three(27) + 1 }
  if (kind === 0x56503820) return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff }
  const bits = view.getUint32(21, true)
  return kind === 0x5650384c ? { width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 } : undefined
}
