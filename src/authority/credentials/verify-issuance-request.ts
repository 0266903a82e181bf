import { utf8ToBytes } from '@noble/hashes/utils'
import { toBase64url } from '../../shared/base64url.ts'
import { canonicalJson } from '../../shared/canonical-json.ts'
import type { AttestationRecord, EcPublicJwk, IssuanceRequest, OkpPublicJwk, Passkey } from '../../shared/contract/types.ts'
import { AuthorityError } from '../../shared/errors.ts'
import { sha256Bytes } from '../../shared/hash.ts'
import type { StatementFrame } from '../../shared/statement.ts'
import { assertValid, validate } from '../../shared/validate.ts'
import { assertSignedBy } from '../../shared/verify-assertion.ts'
import type { Context } from '../context.ts'
import type { CredentialFormat } from './allowed-payload.ts'
import { isSignedByOwnKey, readOwnKeyJws } from './own-key-jws.ts'

/** Copies that one request may ask for. */
const mostCopies = 100

const oldestSeconds = 600
const newestSeconds = 60

/** What a request is checked against. */
export interface IssuanceRequestInput {
  readonly attestation: AttestationRecord
  /** Passkeys of the person; one of them must have authorised the issuance key. */
  readonly passkeys: readonly Passkey[]
  readonly requestJws: string
}

/** A request whose every signature was checked. */
export interface VerifiedRequest {
  readonly jti: string
  readonly requestHash: string
  readonly format: CredentialFormat
  readonly holderKeys: readonly (EcPublicJwk | OkpPublicJwk)[]
}

/** Whose authority this is, and the time. */
export type RequestContext = Pick<Context, 'issuer' | 'environment' | 'scope' | 'clock'>

/**
 * Checks an issuance request: its form, its time, the key that signed it, the person's authorisation of that key, and the possession of each holder key.
 * @throws {AuthorityError} `invalid-request`, `statement-expired`, `batch-too-large`, `issuance-key-unknown`, `proof-of-possession`
 * @see docs/protocol/issuance.md
 */
export async function verifiedIssuanceRequest(context: RequestContext, input: IssuanceRequestInput): Promise<VerifiedRequest> {
  const jws = readOwnKeyJws(input.requestJws, 'vouchsafe-issuance+jwt')
  const { payload } = jws
  assertValid('credentials/issuance-request', payload)
  assertMeantForThis(context, input.attestation, payload)
  assertKeysFit(payload)
  await assertAuthorised(context, input, jws.header.jwk)
  if (!(await isSignedByOwnKey(jws))) throw unknownKey()
  await Promise.all(payload.holderKeys.map((key, at) => assertPossessed(context, payload.jti, key, payload.proofs[at] ?? '')))
  const { jti, format, holderKeys } = payload
  return { jti, format, holderKeys, requestHash: toBase64url(sha256Bytes(utf8ToBytes(input.requestJws))) }
}

function assertMeantForThis({ issuer, clock }: RequestContext, attestation: AttestationRecord, { iss, aud, iat }: IssuanceRequest): void {
  if (aud !== issuer || iss !== attestation.id) throw new AuthorityError('invalid-request', 'The request is for another attestation or authority.')
  const ageSeconds = clock.nowSeconds() - iat
  if (ageSeconds > oldestSeconds || ageSeconds < -newestSeconds) throw new AuthorityError('statement-expired', 'The request was not made just now.')
}

function assertKeysFit({ format, holderKeys, proofs }: IssuanceRequest): void {
  if (holderKeys.length > mostCopies) throw new AuthorityError('batch-too-large', `A request asks for at most ${String(mostCopies)} copies.`)
  const wanted = format === 'vc+jwt' ? 'EC' : 'OKP'
  if (holderKeys.some(({ kty }) => kty !== wanted)) throw new AuthorityError('invalid-request', 'A holder key does not fit the format.')
  const isEachOnce = new Set(holderKeys.map(canonicalJson)).size === holderKeys.length
  if (!isEachOnce || proofs.length !== holderKeys.length) throw new AuthorityError('proof-of-possession', 'Each holder key must come once, with one proof.')
}

/** The store may hold anything: only a statement by the person's own passkey about this attestation authorises a key. */
async function assertAuthorised(
  { issuer, environment, scope }: RequestContext,
  { attestation, passkeys }: IssuanceRequestInput,
  jwk: EcPublicJwk | OkpPublicJwk,
): Promise<void> {
  const signed = attestation.issuanceKeys.find(({ statement }) => canonicalJson(statement.jwk) === canonicalJson(jwk))
  const passkey = passkeys.find(({ credentialId }) => credentialId === signed?.assertion.credentialId)
  if (!signed || !passkey) throw unknownKey()
  const statement: StatementFrame = signed.statement
  const isOfThis =
    statement.kind === 'issuance-key' && statement.issuer === issuer && statement.environment === environment && statement.subject === attestation.id
  if (!isOfThis) throw unknownKey()
  await assertSignedBy(scope, passkey, signed).catch(() => {
    throw unknownKey()
  })
}

async function assertPossessed({ issuer }: RequestContext, jti: string, key: EcPublicJwk | OkpPublicJwk, proof: string): Promise<void> {
  const jws = readProof(proof)
  const isProof = jws !== undefined && canonicalJson(jws.header.jwk) === canonicalJson(key) && validate('credentials/holder-proof', jws.payload).length === 0
  const isForThis = isProof && canonicalJson(jws.payload) === canonicalJson({ aud: issuer, nonce: jti })
  if (!isForThis || !(await isSignedByOwnKey(jws)))
    throw new AuthorityError('proof-of-possession', 'A holder key came without proof of possession for this request.')
}

function readProof(proof: string): ReturnType<typeof readOwnKeyJws> | undefined {
  try {
    return readOwnKeyJws(proof, 'vouchsafe-holder-proof+jwt')
  } catch {
    return undefined
  }
}

function unknownKey(): AuthorityError {
  return new AuthorityError('issuance-key-unknown', 'This key is not authorised for the attestation, or did not sign the request.')
}
