import type { JWK } from 'jose'
import type { TrustFile } from './contract/types.ts'
import { type Multikey, publicKeyMultibase } from './multikey.ts'
import { didOf } from './public-names.ts'

/** A key of the trust file. */
export type TrustedKey = TrustFile['keys'][number]

/** An EC key as a verification method. */
export interface JsonWebKeyMethod {
  readonly id: string
  readonly type: 'JsonWebKey'
  readonly controller: string
  readonly publicKeyJwk: JWK
}

/** The DID document as it is published. */
export interface DidDocument {
  readonly '@context': readonly string[]
  readonly id: string
  readonly verificationMethod: readonly (Multikey | JsonWebKeyMethod)[]
  readonly assertionMethod: readonly string[]
}

/**
 * Keys whose signatures outsiders may still need to check. Retired keys stay, for a key that is taken away kills what it signed before;
 * compromised keys are taken away for that reason.
 */
export function publishedKeys(trust: TrustFile): TrustedKey[] {
  return trust.keys.filter(({ use, state }) => (use === 'credential' || use === 'status' || use === 'bundle') && state !== 'compromised')
}

/** The DID document that follows from a trust file; keys of credentials and status lists may assert. */
export function didDocumentOf(trust: TrustFile): DidDocument {
  const keys = publishedKeys(trust)
  return {
    '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1', 'https://w3id.org/security/jwk/v1'],
    id: didOf(trust.issuer),
    verificationMethod: keys.map((key) => methodOf(key, didOf(trust.issuer))),
    assertionMethod: keys.filter(({ use }) => use !== 'bundle').map(({ kid }) => kid),
  }
}

function methodOf({ kid, jwk }: TrustedKey, controller: string): Multikey | JsonWebKeyMethod {
  if (jwk?.kty === 'OKP') return { id: kid, type: 'Multikey', controller, publicKeyMultibase: publicKeyMultibase(jwk) }
  return { id: kid, type: 'JsonWebKey', controller, publicKeyJwk: { ...jwk } }
}
