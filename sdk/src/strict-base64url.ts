const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const invalid = 255
const digitOf = new Uint8Array(128).fill(invalid)
for (let digit = 0; digit < 64; digit++) digitOf[alphabet.charCodeAt(digit)] = digit

/** Bytes of unpadded base64url (RFC 4648, section 5), or `undefined` for any spelling but the one canonical: no padding, no white space, no set bits at the end. */
export function bytesOfBase64url(text: string): Uint8Array<ArrayBuffer> | undefined {
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4))
  let held = 0
  let bits = 0
  let at = 0
  for (let index = 0; index < text.length; index++) {
    const digit = digitOf[text.charCodeAt(index)] ?? invalid
    if (digit === invalid) return undefined
    held = ((held << 6) | digit) & 0xffff
    bits += 6
    if (bits >= 8) {
      bits -= 8
      bytes[at++] = held >> bits
    }
  }
  return bits >= 6 || (held & ((1 << bits) - 1)) !== 0 ? undefined : bytes
}

/** ASCII text as unpadded base64url. */
export function base64urlOfAscii(text: string): string {
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}
