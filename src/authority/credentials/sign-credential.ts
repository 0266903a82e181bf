import type { IdentifiedCredential } from '../../shared/contract/types.ts'
import { withDataIntegrityProof } from '../../shared/data-integrity.ts'
import { createDocumentLoader } from '../../shared/document-loader.ts'
import type { Keys } from '../keys/index.ts'
import { allowedPayload, type CredentialFormat } from './allowed-payload.ts'

/** A signed copy: a compact JWS, or an object with a proof. */
export type SignedCredential = string | (IdentifiedCredential & { readonly proof: object })

/** What signing one copy needs. */
export interface SignCredentialDeps {
  readonly issuer: string
  readonly keys: Pick<Keys, 'did' | 'credentialSigner' | 'dataIntegritySigners'>
}

/**
 * Signs one copy, if the gate lets its payload pass. Nothing else in the authority uses the credential keys.
 * @throws {AuthorityError} `payload-refused`
 */
export async function signCredential({ issuer, keys }: SignCredentialDeps, format: CredentialFormat, payload: unknown): Promise<SignedCredential> {
  const allowed = allowedPayload({ issuer, did: keys.did }, format, payload)
  if (format === 'vc+jwt') return keys.credentialSigner.sign(allowed, { typ: 'vc+jwt', cty: 'vc' })
  // `created` would tell the moment of issuing; the week's own date tells nothing.
  const how = { signer: keys.dataIntegritySigners.credential, documentLoader: createDocumentLoader({ issuer }), created: allowed.validFrom }
  return withDataIntegrityProof(how, allowed)
}
