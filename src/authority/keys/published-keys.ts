import type { JWK } from 'jose'
import type { TrustFile } from '../../shared/contract/types.ts'
import { publishedKeys } from '../../shared/did-document.ts'

/** A JWK Set as it is published. */
export interface PublishedJwks {
  readonly keys: readonly JWK[]
}

/** The JWK Set of a trust file: each credential, status and bundle key that verifiers may still need. */
export function jwksOf(trust: TrustFile): PublishedJwks {
  return { keys: publishedKeys(trust).map(({ jwk, kid, alg }) => ({ ...jwk, kid, alg, use: 'sig' })) }
}
