import type { IdentifiedCredential } from '../../shared/contract/types.ts'
import { AuthorityError } from '../../shared/errors.ts'
import { contextUrl, didJwkOf } from '../../shared/public-names.ts'
import { validate } from '../../shared/validate.ts'

/** The two forms of a credential. */
export type CredentialFormat = 'vc+jwt' | 'data-integrity'

/** Whose credentials these are: names in a payload must be this authority's own. */
export interface OwnNames {
  readonly issuer: string
  readonly did: string
}

/**
 * The gate before every signature: the payload has exactly the members of the schema, at every level, and its names and addresses say nothing but what they name.
 * @returns a plain copy, which alone may be signed: what was checked is what is written, whatever the object pretended to be.
 * @throws {AuthorityError} `payload-refused`
 * @see schemas/credentials/identified.schema.json
 */
export function allowedPayload(own: OwnNames, format: CredentialFormat, payload: unknown): IdentifiedCredential {
  const plain = plainCopy(payload)
  const faults = validate('credentials/identified', plain)
  if (faults.length > 0) throw new AuthorityError('payload-refused', 'The payload does not have the form of a credential.', faults)
  const credential = plain as IdentifiedCredential
  if (!hasMembersOf(format, credential))
    throw new AuthorityError('payload-refused', 'The payload mixes the forms of a credential, or says two things in two places.')
  if (!hasOwnNames(own, credential)) throw new AuthorityError('payload-refused', 'The payload names something that is not of this authority.')
  return credential
}

function plainCopy(payload: unknown): unknown {
  try {
    return JSON.parse(JSON.stringify(payload)) as unknown
  } catch {
    throw new AuthorityError('payload-refused', 'The payload cannot be written as JSON.')
  }
}

/** The JWT members say again, for JWT libraries, what the credential says; in the Data Integrity form there are none. */
function hasMembersOf(format: CredentialFormat, { iss, iat, exp, status, cnf, ...said }: IdentifiedCredential): boolean {
  if (format === 'data-integrity') return [iss, iat, exp, status, cnf].every((member) => member === undefined)
  if (iss === undefined || iat === undefined || exp === undefined || status === undefined || cnf === undefined) return false
  const hasSameDates = Date.parse(said.validFrom) === iat * 1000 && Date.parse(said.validUntil) === exp * 1000
  const hasSameIndex = said.credentialStatus.every(({ statusListIndex }) => statusListIndex === String(status.status_list.idx))
  return hasSameDates && hasSameIndex && didJwkOf(cnf.jwk) === said.credentialSubject.id
}

/** An address is a place where a name could be hidden, so each must be one that this authority serves. */
function hasOwnNames({ issuer, did }: OwnNames, credential: IdentifiedCredential): boolean {
  const isServed = (url: string | undefined, path: RegExp): boolean => url?.startsWith(`${issuer}/`) === true && path.test(url.slice(issuer.length))
  const { credentialStatus, status, policy, iss } = credential
  return (
    credential['@context'][1] === contextUrl(issuer) &&
    credential.issuer === did &&
    (iss === undefined || iss === did) &&
    isServed(policy, /^\/policies\/[a-z][a-z-]{0,40}\/v[0-9]{1,3}$/) &&
    credentialStatus.every(({ statusPurpose, statusListCredential }) =>
      isServed(statusListCredential, new RegExp(`^/status/bitstring/${statusPurpose}/[0-9]{1,12}$`)),
    ) &&
    (status === undefined || isServed(status.status_list.uri, /^\/status\/tsl\/[0-9]{1,12}$/))
  )
}
