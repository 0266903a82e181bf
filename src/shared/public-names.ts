import { utf8ToBytes } from '@noble/hashes/utils'
import { toBase64url } from './base64url.ts'
import { canonicalJson } from './canonical-json.ts'
import type { EcPublicJwk } from './contract/types.ts'

/** What a Bitstring Status List says of a place whose bit is set. */
export type StatusPurpose = 'revocation' | 'suspension'

/** The did:web of an issuer: `http://localhost:8080` is `did:web:localhost%3A8080`. @see https://w3c-ccg.github.io/did-method-web/ */
export function didOf(issuer: string): string {
  return `did:web:${new URL(issuer).host.replace(':', '%3A')}`
}

/** The origin of an issuer's log and the name of its key: `localhost:8080/log`. */
export function logOriginOf(issuer: string): string {
  return `${new URL(issuer).host}/log`
}

/** Where the JSON-LD context of `IdentifiedCredential` lies. */
export function contextUrl(issuer: string): string {
  return `${issuer}/contexts/identified/v1`
}

/** Where a policy, such as `identified/v1`, lies. */
export function policyUrl(issuer: string, policy: string): string {
  return `${issuer}/policies/${policy}`
}

/** Where a Token Status List lies; its `sub`. */
export function tokenStatusListUrl(issuer: string, list: number): string {
  return `${issuer}/status/tsl/${String(list)}`
}

/** Where a Bitstring Status List credential lies; its `id`. */
export function bitstringUrl(issuer: string, purpose: StatusPurpose, list: number): string {
  return `${issuer}/status/bitstring/${purpose}/${String(list)}`
}

/** The did:jwk of a holder's P-256 key: base64url of JCS of exactly kty, crv, x and y. */
export function didJwkOf({ kty, crv, x, y }: EcPublicJwk): string {
  return `did:jwk:${toBase64url(utf8ToBytes(canonicalJson({ kty, crv, x, y })))}`
}
