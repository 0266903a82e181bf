import { createPresentation, signPresentation } from '@digitalbazaar/vc'
import type { Clock } from '../shared/clock.ts'
import type { OkpPublicJwk } from '../shared/contract/types.ts'
import { type LinkedSigner, signingSuite } from '../shared/data-integrity.ts'
import { createDocumentLoader } from '../shared/document-loader.ts'
import { didKeyMethod, didKeyOf } from '../shared/multikey.ts'

/** A copy in Data Integrity form, its holder key, and for whom it is presented. */
export interface DataIntegrityPresentationInput {
  readonly credential: Readonly<Record<string, unknown>>
  /** Ed25519, private. */
  readonly holderKey: OkpPublicJwk & { readonly d: string }
  /** The relying party's origin or redirect URI; becomes `domain`. */
  readonly audience: string
  /** The relying party's own; becomes `challenge`. */
  readonly nonce: string
}

/**
 * Presents a Data Integrity copy to one audience, for one nonce, without any request.
 * @param deps `issuer` is the authority whose context the credential names.
 * @returns the `VerifiablePresentation` with its proof.
 * @see docs/protocol/formats.md, "Presentation, Data Integrity form"
 */
export async function presentDataIntegrity(
  { issuer, clock }: { readonly issuer: string; readonly clock: Clock },
  { credential, holderKey, audience, nonce }: DataIntegrityPresentationInput,
): Promise<object> {
  const now = new Date(clock.nowSeconds() * 1000)
  const holder = didKeyOf(holderKey)
  const presentation = createPresentation({ verifiableCredential: credential, holder, now })
  const suite = signingSuite(await holderSigner(didKeyMethod(holder).id, holderKey), now.toISOString().replace('.000Z', 'Z'))
  return signPresentation({ presentation, suite, challenge: nonce, domain: audience, documentLoader: createDocumentLoader({ issuer }) })
}

async function holderSigner(id: string, { kty, crv, x, d }: DataIntegrityPresentationInput['holderKey']): Promise<LinkedSigner> {
  const key = await crypto.subtle.importKey('jwk', { kty, crv, x, d }, 'Ed25519', false, ['sign'])
  return { id, algorithm: 'Ed25519', sign: async ({ data }) => new Uint8Array(await crypto.subtle.sign('Ed25519', key, new Uint8Array(data))) }
}
