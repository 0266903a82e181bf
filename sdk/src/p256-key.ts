import type { CryptoKey } from 'jose'
import { exactly, members, type MemberTest } from './members.ts'
import { base64urlOfAscii, bytesOfBase64url } from './strict-base64url.ts'

/** A public key of P-256, with exactly these members. */
export interface P256Jwk {
  readonly kty: 'EC'
  readonly crv: 'P-256'
  readonly x: string
  readonly y: string
}

const coordinate: MemberTest = (value) => typeof value === 'string' && value.length === 43 && bytesOfBase64url(value)?.length === 32

/** Whether a value is a P-256 public key with exactly the four members that make one, in their only spelling. */
export const isP256Jwk: MemberTest = members({ kty: exactly('EC'), crv: exactly('P-256'), x: coordinate, y: coordinate })

/** The did:jwk of a key: base64url of its canonical JSON (RFC 8785 orders the members so). */
export function didOfJwk({ crv, kty, x, y }: P256Jwk): string {
  return `did:jwk:${base64urlOfAscii(JSON.stringify({ crv, kty, x, y }))}`
}

/**
 * The key itself, or `undefined` if the coordinates are not a point of the curve. In the raw form (0x04 ‖ x ‖ y) an import costs half of what a JWK
 * costs, and each presentation brings a key of its own.
 */
export async function importP256Key({ x, y }: P256Jwk): Promise<CryptoKey | undefined> {
  const [xBytes, yBytes] = [bytesOfBase64url(x), bytesOfBase64url(y)]
  if (!xBytes || !yBytes) return undefined
  const point = Uint8Array.of(4, ...xBytes, ...yBytes)
  return crypto.subtle.importKey('raw', point, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['verify']).catch(() => undefined)
}
