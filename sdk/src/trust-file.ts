import { calculateJwkThumbprint, flattenedVerify, type FlattenedJWSInput } from 'jose'
import { isLowS } from './compact-jws.ts'
import { VerificationError } from './errors.ts'
import { importP256Key, isP256Jwk, type P256Jwk } from './p256-key.ts'
import type { Issuer } from './issuer.ts'
import { count, exactly, members, text } from './members.ts'
import { bytesOfBase64url } from './strict-base64url.ts'
import { isJsonObject, strictJsonObject, type JsonObject } from './strict-json.ts'
import { clockSkewSeconds } from './times.ts'
import type { TrustedKey } from './trusted-key.ts'

/** A trust file that the pinned root key signed. */
export interface Trust {
  readonly rootThumbprint: string
  readonly sequence: number
  readonly environment: 'test' | 'production'
  readonly expiresAtSeconds: number
  readonly keys: ReadonlyMap<string, TrustedKey>
}

interface TrustPayload {
  readonly issuer: string
  readonly environment: 'test' | 'production'
  readonly demo: boolean
  readonly sequence: number
  readonly issuedAtSeconds: number
  readonly expiresAtSeconds: number
  readonly keys: readonly TrustedKey[]
}

const isSignedTrust = members({ protected: text(1, 4096), payload: text(1, 262_144), signature: text(86, 86) })
const isRootHeader = members({ alg: exactly('ES256'), typ: exactly('vouchsafe-trust+json'), jwk: isP256Jwk })

/**
 * Reads a trust file: first that the pinned root key signed it, then whose it is and whether it is in date. Without a thumbprint the root is
 * taken on first use; remember `rootThumbprint` then.
 * @throws {VerificationError} `trust-malformed`, `trust-signature`, `trust-of-another-issuer`, `trust-from-the-future`, `trust-expired`
 */
export async function verifiedTrust(
  signed: unknown,
  { issuer, rootThumbprint, nowSeconds }: { readonly issuer: Issuer; readonly rootThumbprint: string | undefined; readonly nowSeconds: number },
): Promise<Trust> {
  if (!hasSignedTrustShape(signed)) throw new VerificationError('trust-malformed')
  const root = rootOf(signed.protected)
  const thumbprint = await calculateJwkThumbprint({ ...root })
  if (rootThumbprint !== undefined && thumbprint !== rootThumbprint) throw new VerificationError('trust-signature')
  await assertRootSignature(signed, root)
  const payload = trustPayload(signed.payload)
  if (payload.issuer !== issuer.url) throw new VerificationError('trust-of-another-issuer')
  if (payload.issuedAtSeconds > nowSeconds + clockSkewSeconds) throw new VerificationError('trust-from-the-future')
  const { sequence, environment, expiresAtSeconds, keys } = payload
  const trust = { rootThumbprint: thumbprint, sequence, environment, expiresAtSeconds, keys: new Map(keys.map((key) => [key.kid, key])) }
  assertTrustInDate(trust, nowSeconds)
  return trust
}

/** @throws {VerificationError} `trust-expired` */
export function assertTrustInDate(trust: Trust, nowSeconds: number): void {
  if (trust.expiresAtSeconds <= nowSeconds) throw new VerificationError('trust-expired')
}

function hasSignedTrustShape(value: unknown): value is FlattenedJWSInput & { readonly protected: string; readonly payload: string } {
  return isSignedTrust(value)
}

function rootOf(protectedHeader: string): P256Jwk {
  const header = objectOf(protectedHeader)
  if (!isRootHeader(header)) throw new VerificationError('trust-malformed')
  return header['jwk'] as P256Jwk
}

async function assertRootSignature(signed: FlattenedJWSInput, root: P256Jwk): Promise<void> {
  const signature = bytesOfBase64url(signed.signature)
  const key = await importP256Key(root)
  if (!key || signature?.length !== 64 || !isLowS(signature)) throw new VerificationError('trust-signature')
  await flattenedVerify(signed, key, { algorithms: ['ES256'] }).catch((cause: unknown) => {
    throw new VerificationError('trust-signature', { cause })
  })
}

/** Members that this library does not use may be there: later trust files can say more. */
function trustPayload(encoded: string): TrustPayload {
  const payload = objectOf(encoded)
  if (!hasTrustShape(payload) || new Set(payload.keys.map(({ kid }) => kid)).size !== payload.keys.length) throw new VerificationError('trust-malformed')
  return payload
}

function hasTrustShape(payload: JsonObject): payload is JsonObject & TrustPayload {
  const { issuer, environment, demo, sequence, issuedAtSeconds, expiresAtSeconds, keys } = payload
  const isEnvironment = environment === 'test' || (environment === 'production' && demo === false)
  const numbers = [sequence, issuedAtSeconds, expiresAtSeconds]
  return typeof issuer === 'string' && isEnvironment && numbers.every(count) && Array.isArray(keys) && keys.length <= 64 && keys.every(isTrustedKey)
}

function isTrustedKey(key: unknown): key is TrustedKey {
  if (!isJsonObject(key)) return false
  const names = [key['kid'], key['use'], key['alg'], key['state']]
  return (
    names.every((name) => typeof name === 'string') && count(key['notBeforeSeconds']) && (key['notAfterSeconds'] === undefined || count(key['notAfterSeconds']))
  )
}

function objectOf(encoded: string): JsonObject {
  const bytes = bytesOfBase64url(encoded)
  const value = bytes && strictJsonObject(bytes)
  if (!value) throw new VerificationError('trust-malformed')
  return value
}
