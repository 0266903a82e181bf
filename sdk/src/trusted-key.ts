import type { CryptoKey } from 'jose'
import { isLowS, isSignedBy, type CompactJws } from './compact-jws.ts'
import type { VerificationCode } from './error-codes.ts'
import { importP256Key, isP256Jwk, type P256Jwk } from './p256-key.ts'
import { clockSkewSeconds } from './times.ts'
import type { Trust } from './trust-file.ts'

/** A key of the authority as the trust file lists it. */
export interface TrustedKey {
  readonly kid: string
  /** `credential`, `status` and `bundle` matter here; others may be listed. */
  readonly use: string
  readonly alg: string
  /** `next`, `active`, `retired` or `compromised`. The first three are told apart by the life alone, so that a trust file of yesterday still serves. */
  readonly state: string
  readonly notBeforeSeconds: number
  readonly notAfterSeconds?: number
  readonly jwk?: unknown
}

/** When and for what a key is said to have signed. */
export interface SignedUse {
  readonly kid: string
  readonly use: 'credential' | 'status' | 'bundle'
  readonly signedAtSeconds: number
  readonly nowSeconds: number
}

const imported = new WeakMap<TrustedKey, Promise<CryptoKey | undefined>>()

/** Why this authority's signature does not count, or `undefined` if it does. A compromised key refuses all that it signed, since dates can be forged. */
export async function signatureProblem(jws: CompactJws, trust: Trust, used: SignedUse): Promise<VerificationCode | undefined> {
  const key = trust.keys.get(used.kid)
  if (!key) return 'unknown-key'
  if (key.use !== used.use || key.alg !== 'ES256') return 'wrong-key-use'
  if (key.state === 'compromised') return 'key-compromised'
  if (!isWithinLife(key, used)) return 'key-outside-life'
  if (!isLowS(jws.signature)) return 'high-s-signature'
  const publicKey = await importOnce(key)
  return publicKey && (await isSignedBy(jws, publicKey)) ? undefined : 'issuer-signature'
}

/** A credential is dated to the Monday of its week, which may be before its key began: so the beginning is compared with now, the end with the date. */
function isWithinLife({ notBeforeSeconds, notAfterSeconds }: TrustedKey, { signedAtSeconds, nowSeconds }: SignedUse): boolean {
  return notBeforeSeconds <= nowSeconds + clockSkewSeconds && (notAfterSeconds === undefined || signedAtSeconds <= notAfterSeconds)
}

async function importOnce(key: TrustedKey): Promise<CryptoKey | undefined> {
  const known = imported.get(key) ?? (isP256Jwk(key.jwk) ? importP256Key(key.jwk as P256Jwk) : Promise.resolve(undefined))
  imported.set(key, known)
  return known
}
