import type { JWK } from 'jose'
import type { OkpPublicJwk, TrustFile } from '../../shared/contract/types.ts'
import { type Multikey, publicKeyMultibase } from '../../shared/multikey.ts'
import { didOf } from '../../shared/public-names.ts'

/** A key of the trust file. */
export type TrustedKey = TrustFile['keys'][number]

/** A JWK Set as it is published. */
export interface PublishedJwks {
  readonly keys: readonly JWK[]
}

/** The DID document as it is published. */
export interface DidDocument {
  readonly '@context': readonly string[]
  readonly id: string
  readonly verificationMethod: readonly (Multikey | { readonly id: string; readonly type: 'JsonWebKey'; readonly controller: string; readonly publicKeyJwk: JWK })[]
  readonly assertionMethod: readonly string[]
}

/** Retired keys stay published, for a key that is taken away kills what it signed before; compromised keys are taken away for that reason. */
function signingKeys(trust: TrustFile): TrustedKey[] {
  return trust.keys.filter(({ use, state }) => (use === 'credential' || use === 'status' || use === 'bundle') && state !== 'compromised')
}

/** The JWK Set of a trust file: each credential, status and bundle key that verifiers may still need. */
export function jwksOf(trust: TrustFile): PublishedJwks {
  return { keys: signingKeys(trust).map(({ jwk, kid, alg }) => ({ ...jwk, kid, alg, use: 'sig' })) }
}

/** The DID document of a trust file: the same keys; those of credentials and status lists may assert. */
export function didDocumentOf(trust: TrustFile): DidDocument {
  const keys = signingKeys(trust)
  return {
    '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1', 'https://w3id.org/security/jwk/v1'],
    id: didOf(trust.issuer),
    verificationMethod: keys.map((key) => methodOf(key, didOf(trust.issuer))),
    assertionMethod: keys.filter(({ use }) => use !== 'bundle').map(({ kid }) => kid),
  }
}

function methodOf({ kid, jwk }: TrustedKey, controller: string): DidDocument['verificationMethod'][number] {
  if (jwk?.kty === 'OKP') return { id: kid, type: 'Multikey', controller, publicKeyMultibase: publicKeyMultibase(jwk satisfies OkpPublicJwk) }
  return { id: kid, type: 'JsonWebKey', controller, publicKeyJwk: { ...jwk } as JWK }
}
