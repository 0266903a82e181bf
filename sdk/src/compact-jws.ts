import { compactVerify, type CryptoKey } from 'jose'
import { bytesOfBase64url } from './strict-base64url.ts'
import { strictJsonObject, type JsonObject } from './strict-json.ts'

/** A compact JWS in its only spelling. Nothing about it is verified yet. */
export interface CompactJws {
  readonly token: string
  readonly header: JsonObject
  readonly payload: JsonObject
  /** 64 bytes, r ‖ s. */
  readonly signature: Uint8Array
}

/** Half the order of P-256: a low s is at most this. */
const halfOrder = bytesOfHex('7fffffff800000007fffffffffffffffde737d56d38bcf4279dce5617e3192a8')

/**
 * Reads a compact JWS, accepting exactly one spelling: three parts of canonical base64url, JSON objects without doubled members, 64 bytes of signature.
 * @returns `undefined` for anything else.
 */
export function readCompactJws(token: unknown, maxLength: number): CompactJws | undefined {
  if (typeof token !== 'string' || token.length > maxLength) return undefined
  const parts = token.split('.', 4)
  if (parts.length !== 3) return undefined
  const [headerBytes, payloadBytes, signature] = parts.map(bytesOfBase64url)
  const header = headerBytes && strictJsonObject(headerBytes)
  const payload = payloadBytes && strictJsonObject(payloadBytes)
  return header && payload && signature?.length === 64 ? { token, header, payload, signature } : undefined
}

/** Whether the header has exactly these members with these values, and `kid` as a string. So `jwk`, `jku`, `x5u`, `x5c`, `crit`, `b64` and `zip` are refused. */
export function isExactHeader(header: JsonObject, expected: Readonly<Record<string, string>>): header is JsonObject & { readonly kid: string } {
  const names = Object.keys(expected)
  return Object.keys(header).length === names.length + 1 && typeof header['kid'] === 'string' && names.every((name) => header[name] === expected[name])
}

/** Whether s is in the lower half. Of s and n − s, which verify alike, the authority uses the lower, so that a signature has one spelling. */
export function isLowS(signature: Uint8Array): boolean {
  for (let index = 0; index < 32; index++) {
    const difference = (signature[32 + index] ?? 0) - (halfOrder[index] ?? 0)
    if (difference !== 0) return difference < 0
  }
  return true
}

/** Whether this key made the ES256 signature. */
export async function isSignedBy(jws: CompactJws, key: CryptoKey): Promise<boolean> {
  return compactVerify(jws.token, key, { algorithms: ['ES256'] }).then(
    () => true,
    () => false,
  )
}

function bytesOfHex(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16))
}
