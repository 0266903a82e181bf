import { concatBytes } from '@noble/hashes/utils'
import { base58 } from '@scure/base'
import { fromBase64url } from './base64url.ts'
import type { OkpPublicJwk } from './contract/types.ts'

/** A key as a Multikey verification method. */
export interface Multikey {
  readonly id: string
  readonly type: 'Multikey'
  readonly controller: string
  readonly publicKeyMultibase: string
}

/** An Ed25519 public key as multibase: `z`, then base58btc of 0xed 0x01 and the key. @see https://www.w3.org/TR/cid-1.0/#Multikey */
export function publicKeyMultibase(jwk: OkpPublicJwk): string {
  return `z${base58.encode(concatBytes(Uint8Array.of(0xed, 0x01), fromBase64url(jwk.x)))}`
}

/** The did:key of a holder's Ed25519 key. */
export function didKeyOf(jwk: OkpPublicJwk): string {
  return `did:key:${publicKeyMultibase(jwk)}`
}

/** The one verification method of a did:key. */
export function didKeyMethod(didKey: string): Multikey {
  const multibase = didKey.slice('did:key:'.length)
  return { id: `${didKey}#${multibase}`, type: 'Multikey', controller: didKey, publicKeyMultibase: multibase }
}
