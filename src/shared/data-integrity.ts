import { DataIntegrityProof } from '@digitalbazaar/data-integrity'
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite'
import { issue } from '@digitalbazaar/vc'
import type { DocumentLoader } from './document-loader.ts'

/** Signs bytes by an Ed25519 key. */
export interface LinkedSigner {
  /** The key's verification method, a DID URL. */
  readonly id: string
  readonly algorithm: 'Ed25519'
  sign(input: { readonly data: Uint8Array }): Promise<Uint8Array>
}

/** A proof suite `eddsa-rdfc-2022` that signs, with this `created`. One suite makes one proof. */
export function signingSuite(signer: LinkedSigner, created: string): DataIntegrityProof {
  return new DataIntegrityProof({ signer, cryptosuite, date: created })
}

/** A proof suite `eddsa-rdfc-2022` that verifies. */
export function verifyingSuite(): DataIntegrityProof {
  return new DataIntegrityProof({ cryptosuite })
}

/** Adds a Data Integrity proof (`assertionMethod`) to a credential. It throws for a term that no context explains. */
export function withDataIntegrityProof<T extends object>(
  { signer, documentLoader, created }: { readonly signer: LinkedSigner; readonly documentLoader: DocumentLoader; readonly created: string },
  credential: T,
): Promise<T & { readonly proof: object }> {
  return issue({ credential: JSON.parse(JSON.stringify(credential)) as T, suite: signingSuite(signer, created), documentLoader })
}
