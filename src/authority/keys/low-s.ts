import { p256 } from '@noble/curves/nist'
import { fromBase64url, toBase64url } from '../../shared/base64url.ts'

/**
 * An ES256 signature (r ‖ s, base64url) with s at most n/2. Both s and n − s verify, so that a token would have two spellings; ours have one.
 * Every ES256 signature of the authority passes here.
 */
export function withLowS(signature: string): string {
  return toBase64url(p256.Signature.fromCompact(fromBase64url(signature)).normalizeS().toBytes('compact'))
}

/** A compact JWS by an ES256 key of ours, its signature normalised. */
export function compactWithLowS(jws: string): string {
  const end = jws.lastIndexOf('.') + 1
  return jws.slice(0, end) + withLowS(jws.slice(end))
}
