import { isExactHeader, readCompactJws, type CompactJws } from './compact-jws.ts'
import { VerificationError } from './errors.ts'

import { statusListId, type Issuer } from './issuer.ts'
import { count, exactly, list, members, text } from './members.ts'
import { isP256Jwk, type P256Jwk } from './p256-key.ts'
import type { JsonObject } from './strict-json.ts'
import { maxCredentialSeconds } from './times.ts'

const maxCredentialLength = 8192

/** A credential in its form. Who signed it is for `assertIssuerSignature` to say. */
export interface Credential {
  readonly jws: CompactJws
  readonly kid: string
  readonly issuerDid: string
  readonly holder: string
  readonly holderJwk: P256Jwk
  readonly policy: string
  readonly environment: 'test' | 'production'
  readonly validFrom: string
  readonly validUntil: string
  readonly validFromSeconds: number
  readonly validUntilSeconds: number
  readonly statusUri: string
  readonly statusIndex: number
}

interface CredentialPayload {
  readonly '@context': readonly [string, string]
  readonly issuer: string
  readonly iss: string
  readonly validFrom: string
  readonly iat: number
  readonly validUntil: string
  readonly exp: number
  readonly credentialSubject: { readonly id: string }
  readonly policy: string
  readonly environment?: 'test'
  readonly credentialStatus: readonly BitstringEntry[]
  readonly status: { readonly status_list: { readonly idx: number; readonly uri: string } }
  readonly cnf: { readonly jwk: P256Jwk }
}

interface BitstringEntry {
  readonly statusPurpose: string
  readonly statusListIndex: string
  readonly statusListCredential: string
}

const w3cContext = 'https://www.w3.org/ns/credentials/v2'
const midnight = (value: unknown): boolean => typeof value === 'string' && /^\d{4}-\d{2}-\d{2}T00:00:00Z$/.test(value)
const bitstringEntry = (purpose: string) =>
  members({ type: exactly('BitstringStatusListEntry'), statusPurpose: exactly(purpose), statusListIndex: text(1, 6), statusListCredential: text(1, 400) })

const isCredentialPayload = members(
  {
    '@context': list([exactly(w3cContext), text(1, 400)]),
    type: exactly(['VerifiableCredential', 'IdentifiedCredential']),
    issuer: text(1, 300),
    iss: text(1, 300),
    validFrom: midnight,
    iat: count,
    validUntil: midnight,
    exp: count,
    credentialSubject: members({ id: text(1, 400), identified: exactly(true) }),
    policy: text(1, 400),
    environment: exactly('test'),
    credentialStatus: list([bitstringEntry('revocation'), bitstringEntry('suspension')]),
    status: members({ status_list: members({ idx: count, uri: text(1, 400) }) }),
    cnf: members({ jwk: isP256Jwk }),
  },
  ['environment'],
)

/**
 * Reads a `vc+jwt`: its spelling, its header, its members, and that members which repeat each other agree.
 * @throws {VerificationError} `malformed-token`, `wrong-header`, `wrong-shape`, `unknown-issuer`, `claims-disagree`, `status-reference`
 */
export function readCredential(token: string, issuer: Issuer): Credential {
  const jws = readCompactJws(token, maxCredentialLength)
  if (!jws) throw new VerificationError('malformed-token')
  const { header, payload } = jws
  if (!isExactHeader(header, { alg: 'ES256', typ: 'vc+jwt', cty: 'vc' })) throw new VerificationError('wrong-header')
  if (!hasCredentialShape(payload)) throw new VerificationError('wrong-shape')
  if (payload.issuer !== issuer.did) throw new VerificationError('unknown-issuer')
  if (payload['@context'][1] !== `${issuer.url}/contexts/identified/v1`) throw new VerificationError('wrong-shape')
  assertClaimsAgree(payload)
  assertOwnStatusPlaces(payload, issuer)
  return {
    jws,
    kid: header.kid,
    issuerDid: payload.issuer,
    holder: payload.credentialSubject.id,
    holderJwk: payload.cnf.jwk,
    policy: payload.policy,
    environment: payload.environment ?? 'production',
    validFrom: payload.validFrom,
    validUntil: payload.validUntil,
    validFromSeconds: payload.iat,
    validUntilSeconds: payload.exp,
    statusUri: payload.status.status_list.uri,
    statusIndex: payload.status.status_list.idx,
  }
}

function hasCredentialShape(payload: JsonObject): payload is JsonObject & CredentialPayload {
  return isCredentialPayload(payload)
}

function assertClaimsAgree({ issuer, iss, validFrom, iat, validUntil, exp }: CredentialPayload): void {
  const agree = iss === issuer && secondsOf(validFrom) === iat && secondsOf(validUntil) === exp
  if (!agree || exp <= iat || exp - iat > maxCredentialSeconds) throw new VerificationError('claims-disagree')
}

/** Every place is the issuer's own list in its own form, and all three name the same place of the same list. */
function assertOwnStatusPlaces({ status, credentialStatus }: CredentialPayload, issuer: Issuer): void {
  const { idx, uri } = status.status_list
  const id = statusListId(issuer, uri)
  const isOwn = credentialStatus.every(
    ({ statusPurpose, statusListIndex, statusListCredential }) =>
      statusListIndex === String(idx) && statusListCredential === `${issuer.url}/status/bitstring/${statusPurpose}/${String(id)}`,
  )
  if (id === undefined || !isOwn || idx >= 131_072) throw new VerificationError('status-reference')
}

function secondsOf(date: string): number {
  return Date.parse(date) / 1000
}
