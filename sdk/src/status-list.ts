import type { Freshness } from './authority.ts'
import { isExactHeader, readCompactJws } from './compact-jws.ts'
import { VerificationError } from './errors.ts'
import type { Issuer } from './issuer.ts'
import { count, exactly, members, text } from './members.ts'
import { bytesOfBase64url } from './strict-base64url.ts'
import type { JsonObject } from './strict-json.ts'
import { clockSkewSeconds } from './times.ts'
import type { Trust } from './trust-file.ts'
import { signatureProblem } from './trusted-key.ts'

const maxListLength = 262_144
/** 131,072 places of two bits. */
const listSizeBytes = 32_768

/** A status list that the authority signed. */
export interface StatusList {
  readonly uri: string
  readonly issuedAtSeconds: number
  readonly expiresAtSeconds: number
  readonly ttlSeconds: number
  /** One place has two bits, from the least significant. */
  readonly bytes: Uint8Array
}

interface StatusListPayload {
  readonly iss: string
  readonly sub: string
  readonly iat: number
  readonly exp: number
  readonly ttl: number
  readonly status_list: { readonly bits: 2; readonly lst: string }
}

const isStatusListPayload = members({
  iss: text(1, 300),
  sub: text(1, 400),
  iat: count,
  exp: count,
  ttl: count,
  status_list: members({ bits: exactly(2), lst: text(1, 131_072) }),
})

/**
 * Reads a Token Status List: its spelling and form, whose it is, which it is, who signed it and when. Its age is for `isStatusFresh` to judge.
 * @throws {VerificationError} `status-malformed`, `status-of-another-list`, `status-signature`, `status-from-the-future`
 */
export async function verifiedStatusList(
  token: string,
  { issuer, trust, uri, nowSeconds }: { readonly issuer: Issuer; readonly trust: Trust; readonly uri: string; readonly nowSeconds: number },
): Promise<StatusList> {
  const jws = readCompactJws(token, maxListLength)
  if (!jws || !isExactHeader(jws.header, { alg: 'ES256', typ: 'statuslist+jwt' }) || !hasListShape(jws.payload)) throw new VerificationError('status-malformed')
  const { iss, sub, iat, exp, ttl, status_list } = jws.payload
  if (iss !== issuer.did || sub !== uri) throw new VerificationError('status-of-another-list')
  const problem = await signatureProblem(jws, trust, { kid: jws.header.kid, use: 'status', signedAtSeconds: iat, nowSeconds })
  if (problem) throw new VerificationError('status-signature', { cause: new VerificationError(problem) })
  if (iat > nowSeconds + clockSkewSeconds) throw new VerificationError('status-from-the-future')
  return { uri, issuedAtSeconds: iat, expiresAtSeconds: exp, ttlSeconds: ttl, bytes: await inflatedList(status_list.lst) }
}

/** Seconds since the authority said so; never negative. */
export function statusAgeSeconds(list: StatusList, nowSeconds: number): number {
  return Math.max(0, nowSeconds - list.issuedAtSeconds)
}

/** Whether the list still counts for someone who allows this age. */
export function isStatusFresh(list: StatusList, { nowSeconds, maxAgeSeconds }: Freshness): boolean {
  return statusAgeSeconds(list, nowSeconds) <= maxAgeSeconds && nowSeconds < list.expiresAtSeconds
}

/**
 * @returns when place `index` is valid.
 * @throws {VerificationError} `revoked`, `suspended`, `status-unknown-value`
 */
export function assertStatusValid(list: StatusList, index: number): void {
  const value = ((list.bytes[index >> 2] ?? 0xff) >> (2 * (index & 3))) & 3
  if (value === 1) throw new VerificationError('revoked')
  if (value === 2) throw new VerificationError('suspended')
  if (value !== 0) throw new VerificationError('status-unknown-value')
}

function hasListShape(payload: JsonObject): payload is JsonObject & StatusListPayload {
  return isStatusListPayload(payload)
}

/** Inflates at most as much as a list holds, so that a bomb costs nothing. */
async function inflatedList(lst: string): Promise<Uint8Array> {
  const bytes = bytesOfBase64url(lst)
  const inflated = bytes && (await inflateAtMost(bytes, listSizeBytes).catch(() => undefined))
  if (inflated?.length !== listSizeBytes) throw new VerificationError('status-malformed')
  return inflated
}

async function inflateAtMost(zlibBytes: Uint8Array<ArrayBuffer>, maxSizeBytes: number): Promise<Uint8Array | undefined> {
  const reader = new Blob([zlibBytes]).stream().pipeThrough(new DecompressionStream('deflate')).getReader()
  const inflated = new Uint8Array(maxSizeBytes)
  for (let size = 0; ;) {
    const { value, done } = await reader.read()
    if (done) return inflated.subarray(0, size)
    if (size + value.length > maxSizeBytes) return reader.cancel().then(() => undefined)
    inflated.set(value, size)
    size += value.length
  }
}
