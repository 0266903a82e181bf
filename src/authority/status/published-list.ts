import { createHash } from 'node:crypto'
import type { Clock } from '../../shared/clock.ts'
import { withDataIntegrityProof } from '../../shared/data-integrity.ts'
import { createDocumentLoader } from '../../shared/document-loader.ts'
import { bitstringUrl, type StatusPurpose, tokenStatusListUrl } from '../../shared/public-names.ts'
import type { Keys } from '../keys/index.ts'
import { encodeBitstring, encodeTokenStatusList, type MarkedPlaces } from './encode-lists.ts'

/** A signed list as it is served. */
export interface PublishedList {
  readonly text: string
  readonly mediaType: 'application/statuslist+jwt' | 'application/vc+jwt' | 'application/vc'
  /** A strong entity tag, quotes included. */
  readonly etag: string
  /** Its `iat`: not after the moment at which its statuses were read. */
  readonly iatSeconds: number
}

/** Which list is wanted, in which form. */
export type ListForm = { readonly form: 'token-status-list' } | { readonly form: 'bitstring-jwt' | 'bitstring-data-integrity'; readonly purpose: StatusPurpose }

/** What signing lists needs. */
export interface SigningListsDeps {
  readonly issuer: string
  readonly clock: Clock
  readonly keys: Pick<Keys, 'did' | 'statusSigner' | 'dataIntegritySigners'>
}

const lifetimeSeconds = 86_400
const ttlSeconds = 60

/** Signs one list in one form. @see docs/protocol/formats.md, "Status" */
export async function signedList(deps: SigningListsDeps, wanted: ListForm, list: number, marked: MarkedPlaces, iatSeconds: number): Promise<PublishedList> {
  const [text, mediaType] =
    wanted.form === 'token-status-list'
      ? ([await tokenStatusList(deps, list, marked, iatSeconds), 'application/statuslist+jwt'] as const)
      : await bitstringList(deps, wanted.form, bitstringCredential(deps, wanted.purpose, list, marked, iatSeconds), iatSeconds)
  return { text, mediaType, etag: `"${createHash('sha256').update(text).digest('base64url')}"`, iatSeconds }
}

function tokenStatusList({ issuer, keys }: SigningListsDeps, list: number, marked: MarkedPlaces, iat: number): Promise<string> {
  const statusList = { bits: 2, lst: encodeTokenStatusList(marked) }
  const payload = { iss: keys.did, sub: tokenStatusListUrl(issuer, list), iat, exp: iat + lifetimeSeconds, ttl: ttlSeconds, status_list: statusList }
  return keys.statusSigner.sign(payload, { typ: 'statuslist+jwt' })
}

/** @see https://www.w3.org/TR/vc-bitstring-status-list/#bitstringstatuslistcredential */
function bitstringCredential({ issuer, keys }: SigningListsDeps, purpose: StatusPurpose, list: number, marked: MarkedPlaces, iat: number) {
  const id = bitstringUrl(issuer, purpose, list)
  const encodedList = encodeBitstring(marked, purpose === 'revocation' ? 1 : 2)
  return {
    '@context': ['https://www.w3.org/ns/credentials/v2'],
    id,
    type: ['VerifiableCredential', 'BitstringStatusListCredential'],
    issuer: keys.did,
    validFrom: dateTime(iat),
    validUntil: dateTime(iat + lifetimeSeconds),
    credentialSubject: { id: `${id}#list`, type: 'BitstringStatusList', statusPurpose: purpose, encodedList, ttl: ttlSeconds * 1000 },
  }
}

async function bitstringList(
  { issuer, keys }: SigningListsDeps,
  form: 'bitstring-jwt' | 'bitstring-data-integrity',
  credential: ReturnType<typeof bitstringCredential>,
  iat: number,
): Promise<readonly [string, PublishedList['mediaType']]> {
  if (form === 'bitstring-jwt') {
    const payload = { ...credential, iss: keys.did, iat, exp: iat + lifetimeSeconds }
    return [await keys.statusSigner.sign(payload, { typ: 'vc+jwt', cty: 'vc' }), 'application/vc+jwt']
  }
  const how = { signer: keys.dataIntegritySigners.status, documentLoader: createDocumentLoader({ issuer }), created: credential.validFrom }
  return [JSON.stringify(await withDataIntegrityProof(how, credential)), 'application/vc']
}

function dateTime(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z')
}
