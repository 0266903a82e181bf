import { verify } from '@digitalbazaar/vc'
import type { IdentifiedCredential, TrustFile } from './contract/types.ts'
import { verifyingSuite } from './data-integrity.ts'
import { type DataIntegrityCode, DataIntegrityError } from './data-integrity-error.ts'
import { didDocumentOf } from './did-document.ts'
import { createDocumentLoader } from './document-loader.ts'
import { isWithinLife } from './key-life.ts'
import { didKeyMethod } from './multikey.ts'
import { contextUrl, didOf, policyUrl } from './public-names.ts'
import { strictStatusCheck } from './strict-status.ts'
import { validate } from './validate.ts'

/** What a verifier has in hand. Nothing is fetched while verifying. */
export interface DataIntegrityVerifierDeps {
  /** From `verifiedTrust`, by the pinned root. */
  readonly trust: TrustFile
  /** Status list credentials in Data Integrity form, by URL. */
  readonly statusLists: ReadonlyMap<string, object>
  readonly nowSeconds: number
}

/** What a verifier asks for; each is required, so that none is forgotten. */
export interface DataIntegrityExpectation {
  readonly audience: string
  readonly nonce: string
  /** Such as `identified/v1`. */
  readonly requiredPolicy: string
  readonly maxStatusAgeSeconds: number
}

/** What an accepted presentation says: someone is identified. `holder` names the copy, not the person. */
export interface VerifiedIdentification {
  readonly holder: string
  readonly policy: string
}

interface Proof {
  readonly verificationMethod: string
  readonly proofPurpose: string
  readonly challenge?: string
  readonly domain?: string
}

interface Presentation {
  readonly holder: string
  readonly credential: IdentifiedCredential
  readonly credentialProof: Proof
  readonly proof: Proof
}

/**
 * Checks a Data Integrity presentation by @digitalbazaar/vc, with all that the library leaves open: exact form, key uses, audience, policy, status.
 * It is the reference for other implementations; it validates with ajv, so it is for Node.
 * @throws {DataIntegrityError}
 * @see docs/protocol/formats.md, "Presentation, Data Integrity form"
 */
export async function verifyDataIntegrityPresentation(
  deps: DataIntegrityVerifierDeps,
  presentation: unknown,
  expected: DataIntegrityExpectation,
): Promise<VerifiedIdentification> {
  const read = readPresentation(presentation)
  assertAskedFor(deps, read, expected)
  assertHolder(read)
  assertDates(read.credential, deps.nowSeconds)
  assertCredentialKey(deps, read)
  await assertProofsAndStatus(deps, presentation as object, expected)
  return { holder: read.holder, policy: expected.requiredPolicy }
}

function refuseUnless(isTrue: boolean, code: DataIntegrityCode): asserts isTrue {
  if (!isTrue) throw new DataIntegrityError(code)
}

/** JSON-LD lets one thing be said in many ways; only the one way of the format is read. */
function readPresentation(value: unknown): Presentation {
  refuseUnless(isRecord(value) && hasExactly(value, ['@context', 'type', 'verifiableCredential', 'holder', 'proof']), 'wrong-shape')
  const { '@context': context, type, verifiableCredential, holder, proof } = value
  refuseUnless(isJson(context, ['https://www.w3.org/ns/credentials/v2']) && isJson(type, ['VerifiablePresentation']), 'wrong-shape')
  refuseUnless(Array.isArray(verifiableCredential) && verifiableCredential.length === 1 && isRecord(verifiableCredential[0]), 'wrong-shape')
  const { proof: credentialProof, ...credential } = verifiableCredential[0]
  refuseUnless(validate('credentials/identified', credential).length === 0 && !('cnf' in credential), 'wrong-shape')
  refuseUnless(typeof holder === 'string' && isProof(proof, ['challenge', 'domain']) && isProof(credentialProof, []), 'wrong-shape')
  return { holder, credential: credential as IdentifiedCredential, credentialProof, proof }
}

const proofMembers = ['type', 'cryptosuite', 'created', 'verificationMethod', 'proofPurpose', 'proofValue']

function isProof(value: unknown, more: readonly string[]): value is Proof {
  if (!isRecord(value) || !hasExactly(value, [...proofMembers, ...more])) return false
  const purpose = more.length > 0 ? 'authentication' : 'assertionMethod'
  const isText = Object.values(value).every((member) => typeof member === 'string')
  return isText && value['type'] === 'DataIntegrityProof' && value['cryptosuite'] === 'eddsa-rdfc-2022' && value['proofPurpose'] === purpose
}

function assertAskedFor({ trust }: DataIntegrityVerifierDeps, { credential, proof }: Presentation, expected: DataIntegrityExpectation): void {
  const isOfAuthority = credential.issuer === didOf(trust.issuer) && credential['@context'][1] === contextUrl(trust.issuer)
  refuseUnless(isOfAuthority, 'unknown-issuer')
  refuseUnless((credential.environment ?? 'production') === trust.environment, 'wrong-environment')
  refuseUnless(credential.policy === policyUrl(trust.issuer, expected.requiredPolicy), 'wrong-policy')
  refuseUnless(proof.domain === expected.audience, 'wrong-audience')
  refuseUnless(proof.challenge === expected.nonce, 'wrong-nonce')
}

function assertHolder({ holder, credential, proof }: Presentation): void {
  refuseUnless(holder.startsWith('did:key:') && holder === credential.credentialSubject.id, 'holder-mismatch')
  refuseUnless(proof.verificationMethod === didKeyMethod(holder).id, 'holder-mismatch')
}

function assertDates({ validFrom, validUntil }: IdentifiedCredential, nowSeconds: number): void {
  refuseUnless(Date.parse(validFrom) <= nowSeconds * 1000, 'not-yet-valid')
  refuseUnless(Date.parse(validUntil) > nowSeconds * 1000, 'expired')
}

function assertCredentialKey({ trust, nowSeconds }: DataIntegrityVerifierDeps, { credential, credentialProof }: Presentation): void {
  const key = trust.keys.find(({ kid }) => kid === credentialProof.verificationMethod)
  refuseUnless(key?.use === 'credential' && key.state !== 'compromised', 'wrong-key-use')
  refuseUnless(isWithinLife(key, { signedAtSeconds: Date.parse(credential.validFrom) / 1000, nowSeconds }), 'key-outside-life')
}

async function assertProofsAndStatus(
  { trust, statusLists, nowSeconds }: DataIntegrityVerifierDeps,
  presentation: object,
  expected: DataIntegrityExpectation,
): Promise<void> {
  const { audience, nonce, maxStatusAgeSeconds } = expected
  const documentLoader = createDocumentLoader({ issuer: trust.issuer, didDocument: didDocumentOf(trust), documents: statusLists })
  const checkStatus = strictStatusCheck({ trust, statusLists, documentLoader, nowSeconds, maxStatusAgeSeconds })
  const now = new Date(nowSeconds * 1000)
  const result = await verify({ presentation, challenge: nonce, domain: audience, suite: verifyingSuite(), documentLoader, checkStatus, now })
  const [credentialResult] = result.credentialResults ?? []
  refuseUnless(result.presentationResult?.verified === true, 'holder-signature')
  if (credentialResult?.statusResult?.error instanceof DataIntegrityError) throw credentialResult.statusResult.error
  refuseUnless(credentialResult?.verified === true && result.verified, 'issuer-signature')
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isJson(value: unknown, expected: unknown): boolean {
  return JSON.stringify(value) === JSON.stringify(expected)
}

function hasExactly(value: Record<string, unknown>, names: readonly string[]): boolean {
  return Object.keys(value).length === names.length && names.every((name) => Object.hasOwn(value, name))
}
