import type { Authority, Freshness } from './authority.ts'
import { isSignedBy } from './compact-jws.ts'
import { readCredential, type Credential } from './credential.ts'
import { PolicyError, VerificationError } from './errors.ts'
import { didOfJwk, importP256Key } from './p256-key.ts'
import { assertPresentationTimes, readPresentation, type Presentation } from './presentation.ts'
import { assertStatusValid, isStatusFresh, statusAgeSeconds, type StatusList } from './status-list.ts'
import { clockSkewSeconds, systemNowSeconds } from './times.ts'
import { signatureProblem } from './trusted-key.ts'

/** What a relying party must say before it can be told anything. Nothing here has a default but the environment and the clock. */
export interface Expectations {
  /** From `authorityFromUrl` or `authorityFromBundle`. */
  readonly authority: Authority
  /** Your origin, or the redirect URI at which you get presentations. */
  readonly audience: string
  /** The nonce that you made for this visitor: unpredictable, 16 to 128 characters, used once. */
  readonly nonce: string
  /** How old the authority's word on revocation may be. */
  readonly maxStatusAgeSeconds: number
  /** Such as `identified/v1`. */
  readonly requiredPolicy: string
  /** `production` unless given. */
  readonly environment?: 'production' | 'test'
  /** Unix time in whole seconds; the machine's clock unless given. */
  readonly nowSeconds?: number
}

/** What is known of a presenter, and all of it: no name, number or date of birth is behind any of these. */
export interface VerifiedAttestation {
  /** The did:jwk of the copy's key. A person with one-time copies has another one at the next visit. */
  readonly holder: string
  readonly policy: string
  /** The authority's origin. */
  readonly issuer: string
  readonly environment: 'production' | 'test'
  /** Names the copy by its status place; give it to the authority in a fraud report. */
  readonly credentialId: string
  /** RFC 3339. */
  readonly validUntil: string
  /** How long ago the authority said that it is not revoked. */
  readonly statusAgeSeconds: number
  readonly nonce: string
  /** Until then the same presentation would verify again; see `acceptOnce`. */
  readonly presentationExpiresAtSeconds: number
}

/**
 * Checks that whoever sent this presentation is identified: step by step genuine, then what you asked for, then not revoked.
 * @param presentation compact `vp+jwt`, as the holder sent it.
 * @throws {VerificationError} if it is not genuine (`verdict: 'invalid'`) or nobody can tell (`verdict: 'cannot-tell'`)
 * @throws {PolicyError} if it is genuine and not what was asked for
 * @throws {TypeError} if an expectation is missing
 * @see docs/protocol/formats.md
 */
export async function verifyAttestation(presentation: string, expectations: Expectations): Promise<VerifiedAttestation> {
  assertExpectations(expectations)
  const { authority, nowSeconds = systemNowSeconds(), maxStatusAgeSeconds: maxAgeSeconds } = expectations
  const at = { nowSeconds, maxAgeSeconds }
  const presented = readPresentation(presentation)
  const credential = readCredential(presented.credentialToken, authority.issuer)
  assertSameHolder(presented, credential)
  await assertHolderSignature(presented, credential)
  await assertIssuerSignature(authority, credential, at)
  assertPresentationTimes(presented, nowSeconds)
  assertCredentialTimes(credential, nowSeconds)
  assertExpected(presented, credential, expectations)
  const list = await freshStatusList(authority, credential, at)
  assertStatusValid(list, credential.statusIndex)
  return told(presented, credential, { authority, ageSeconds: statusAgeSeconds(list, nowSeconds) })
}

/** The presenter, the credential's subject and its confirmation key are one and the same key. */
function assertSameHolder({ holder, kid }: Presentation, credential: Credential): void {
  const did = didOfJwk(credential.holderJwk)
  if (credential.holder !== did || holder !== did || kid !== `${did}#0`) throw new VerificationError('holder-mismatch')
}

/** Holders sign with whatever their device has, so a high s is theirs to use. */
async function assertHolderSignature({ jws }: Presentation, { holderJwk }: Credential): Promise<void> {
  const key = await importP256Key(holderJwk)
  if (!key || !(await isSignedBy(jws, key))) throw new VerificationError('holder-signature')
}

async function assertIssuerSignature(authority: Authority, credential: Credential, at: Freshness): Promise<void> {
  const trust = await authority.trust(at)
  const signedAtSeconds = credential.validFromSeconds
  const problem = await signatureProblem(credential.jws, trust, { kid: credential.kid, use: 'credential', signedAtSeconds, nowSeconds: at.nowSeconds })
  if (problem) throw new VerificationError(problem)
  if (credential.environment !== trust.environment) throw new PolicyError('wrong-environment')
}

function assertCredentialTimes({ validFromSeconds, validUntilSeconds }: Credential, nowSeconds: number): void {
  if (validFromSeconds > nowSeconds + clockSkewSeconds) throw new VerificationError('not-yet-valid')
  if (validUntilSeconds <= nowSeconds) throw new VerificationError('expired')
}

function assertExpected(presented: Presentation, credential: Credential, expected: Expectations): void {
  if (presented.audience !== expected.audience) throw new PolicyError('wrong-audience')
  if (presented.nonce !== expected.nonce) throw new PolicyError('wrong-nonce')
  if (credential.environment !== (expected.environment ?? 'production')) throw new PolicyError('wrong-environment')
  if (credential.policy !== `${expected.authority.issuer.url}/policies/${expected.requiredPolicy}`) throw new PolicyError('wrong-policy')
}

async function freshStatusList(authority: Authority, { statusUri }: Credential, at: Freshness): Promise<StatusList> {
  const list = await authority.statusList(statusUri, at)
  if (!isStatusFresh(list, at)) throw new VerificationError('status-stale')
  return list
}

function told(presented: Presentation, credential: Credential, { authority, ageSeconds }: { authority: Authority; ageSeconds: number }): VerifiedAttestation {
  const { holder, policy, environment, validUntil, statusUri, statusIndex } = credential
  return {
    holder,
    policy: policy.slice(`${authority.issuer.url}/policies/`.length),
    issuer: authority.issuer.url,
    environment,
    credentialId: `${statusUri}#${statusIndex}`,
    validUntil,
    statusAgeSeconds: ageSeconds,
    nonce: presented.nonce,
    presentationExpiresAtSeconds: presented.expiresAtSeconds,
  }
}

/** A caller in JavaScript can leave anything out; an expectation that is not there must never count as met. */
function assertExpectations(given: { readonly [Name in keyof Expectations]?: unknown }): void {
  const { authority, audience, nonce, maxStatusAgeSeconds, requiredPolicy, environment } = given
  const isMissing = (value: unknown): boolean => typeof value !== 'string' || value === ''
  if (typeof authority !== 'object' || authority === null) throw new TypeError('authority is required')
  if (isMissing(audience)) throw new TypeError('audience is required')
  if (isMissing(nonce)) throw new TypeError('nonce is required')
  if (isMissing(requiredPolicy)) throw new TypeError('requiredPolicy is required')
  if (typeof maxStatusAgeSeconds !== 'number' || !(maxStatusAgeSeconds >= 0)) throw new TypeError('maxStatusAgeSeconds is required')
  if (environment !== undefined && environment !== 'production' && environment !== 'test') throw new TypeError("environment is 'production' or 'test'")
}
