import type { EcPublicJwk, Environment, IdentifiedCredential, OkpPublicJwk } from '../../shared/contract/types.ts'
import { didKeyOf } from '../../shared/multikey.ts'
import { bitstringUrl, contextUrl, didJwkOf, policyUrl, type StatusPurpose, tokenStatusListUrl } from '../../shared/public-names.ts'
import type { Place } from '../status/index.ts'
import { type CredentialWeek, dateTimeOf } from './week.ts'

/** All that makes one copy differ from another. */
export interface CopyFacts {
  readonly issuer: string
  readonly did: string
  /** Such as `identified/v1`. */
  readonly policy: string
  /** P-256 for the JWT form, Ed25519 for Data Integrity. */
  readonly holder: EcPublicJwk | OkpPublicJwk
  readonly place: Place
  readonly environment: Environment
  readonly week: CredentialWeek
}

/** A credential before it is signed: identified, and nothing else. @see docs/protocol/formats.md */
export function identifiedCredential(facts: CopyFacts): IdentifiedCredential {
  const { issuer, did, policy, holder, environment, week, place } = facts
  const isJwt = holder.kty === 'EC'
  return {
    '@context': ['https://www.w3.org/ns/credentials/v2', contextUrl(issuer)],
    type: ['VerifiableCredential', 'IdentifiedCredential'],
    issuer: did,
    ...(isJwt && { iss: did }),
    validFrom: dateTimeOf(week.validFromSeconds),
    ...(isJwt && { iat: week.validFromSeconds }),
    validUntil: dateTimeOf(week.validUntilSeconds),
    ...(isJwt && { exp: week.validUntilSeconds }),
    credentialSubject: { id: isJwt ? didJwkOf(holder) : didKeyOf(holder), identified: true },
    policy: policyUrl(issuer, policy),
    ...(environment === 'test' && { environment }),
    credentialStatus: [statusEntry(issuer, 'revocation', place), statusEntry(issuer, 'suspension', place)],
    ...(isJwt && { status: { status_list: { idx: place.index, uri: tokenStatusListUrl(issuer, place.list) } }, cnf: { jwk: holder } }),
  }
}

function statusEntry<P extends StatusPurpose>(issuer: string, statusPurpose: P, { list, index }: Place) {
  const type = 'BitstringStatusListEntry' as const
  return { type, statusPurpose, statusListIndex: String(index), statusListCredential: bitstringUrl(issuer, statusPurpose, list) }
}
