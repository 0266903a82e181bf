import { p256 } from '@noble/curves/nist'
import { fromBase64url, toBase64url } from '../../shared/base64url.ts'

/**
 * An ES256 signature (r ‖ s, base64url) with s at most n/2. Both s and n − s verify, so that a token would have two spellings; ours have one.
 * Every ES256 signature of the authority passes here.
 */
export function withLowS(signature: string): string {
  const given = p256.Signature.fromBytes(fromBase64url(signature), 'compact')
  const low = given.hasHighS() ? new p256.Signature(given.r, p256.Point.Fn.neg(given.s)) : given
  return toBase64url(low.toBytes('compact'))
}

/** A compact JWS by an ES256 key of ours, its signature normalised. */
export function compactWithLowS(jws: string): string {
  const end = jws.lastIndexOf('.') + 1
  return jws.slice(0, end) + withLowS(jws.slice(end))
}
