import type { Authority } from './authority.ts'
import { isExactHeader, readCompactJws, type CompactJws } from './compact-jws.ts'
import { VerificationError } from './errors.ts'
import { issuerAt, statusListId } from './issuer.ts'
import { count, isTextMap, members, text } from './members.ts'
import { createMemory, type Memory, type Remembered } from './remembered.ts'
import { verifiedStatusList, type StatusList } from './status-list.ts'
import { isJsonObject, type JsonObject } from './strict-json.ts'
import { clockSkewSeconds, systemNowSeconds } from './times.ts'
import { assertTrustInDate, verifiedTrust, type Trust } from './trust-file.ts'
import { signatureProblem } from './trusted-key.ts'

const maxBundleLength = 32 * 1024 * 1024

interface BundlePayload {
  readonly iss: string
  readonly iat: number
  readonly exp: number
  readonly sequence: number
  readonly trust: unknown
  readonly statusLists: Readonly<Record<string, string>>
}

type BundleJws = CompactJws & { readonly kid: string; readonly payload: JsonObject & BundlePayload }

const isBundlePayload = members({
  iss: text(1, 300),
  iat: count,
  exp: count,
  sequence: count,
  trust: isJsonObject,
  statusLists: isTextMap,
  checkpoint: text(0, 8192),
})

/**
 * An authority as a signed trust bundle describes it: nothing is fetched, and what the bundle does not hold cannot be told.
 * @param bundle compact JWS, as served at `/trust-bundle.jwt`.
 * @param rootThumbprint pins the root key (RFC 7638, SHA-256, base64url).
 * @param nowSeconds Unix time; the machine's clock unless given.
 * @throws {VerificationError} `bundle-…` or `trust-…`, all with the verdict `cannot-tell`
 * @see docs/protocol/formats.md, "Trust bundle"
 */
export async function authorityFromBundle(options: {
  readonly bundle: string
  readonly issuer: string
  readonly rootThumbprint: string
  readonly remembered?: Remembered
  readonly nowSeconds?: number
}): Promise<Authority> {
  const { rootThumbprint, nowSeconds = systemNowSeconds() } = options
  if (typeof rootThumbprint !== 'string' || rootThumbprint === '') throw new TypeError('rootThumbprint is required with a bundle')
  const issuer = issuerAt(options.issuer)
  const memory = createMemory(options.remembered)
  const jws = readBundle(options.bundle)
  const trust = await verifiedTrust(jws.payload.trust, { issuer, rootThumbprint, nowSeconds })
  await assertBundleSignature(jws, trust, nowSeconds)
  if (jws.payload.iss !== issuer.did) throw new VerificationError('trust-of-another-issuer')
  assertBundleInDate(jws.payload, nowSeconds)
  memory.noteTrust(trust)
  memory.noteBundle(jws.payload.sequence)
  return bundledAuthority({ issuer, trust, memory, bundle: jws.payload })
}

function bundledAuthority(parts: { issuer: Authority['issuer']; trust: Trust; memory: Memory; bundle: BundlePayload }): Authority {
  const { issuer, trust, memory, bundle } = parts
  const lists = new Map<string, Promise<StatusList>>()
  async function readList(uri: string, nowSeconds: number): Promise<StatusList> {
    const token = Object.hasOwn(bundle.statusLists, uri) && statusListId(issuer, uri) !== undefined ? bundle.statusLists[uri] : undefined
    if (token === undefined) throw new VerificationError('status-unavailable')
    const list = await verifiedStatusList(token, { issuer, trust, uri, nowSeconds })
    memory.noteList(list)
    return list
  }
  return {
    issuer,
    async trust({ nowSeconds }) {
      assertBundleInDate(bundle, nowSeconds)
      assertTrustInDate(trust, nowSeconds)
      return trust
    },
    async statusList(uri, { nowSeconds }) {
      const known = lists.get(uri)
      if (known) return known
      const list = readList(uri, nowSeconds)
      lists.set(uri, list)
      list.catch(() => lists.delete(uri))
      return list
    },
    remembered: () => memory.snapshot(),
  }
}

function readBundle(token: string): BundleJws {
  const jws = readCompactJws(token, maxBundleLength)
  if (!jws || !isExactHeader(jws.header, { alg: 'ES256', typ: 'vouchsafe-bundle+jwt' }) || !isBundlePayload(jws.payload)) {
    throw new VerificationError('bundle-malformed')
  }
  return { ...jws, kid: jws.header.kid, payload: jws.payload as BundleJws['payload'] }
}

/** The bundle's signer must be a bundle key of the trust file inside, which the root has signed. */
async function assertBundleSignature(jws: BundleJws, trust: Trust, nowSeconds: number): Promise<void> {
  const problem = await signatureProblem(jws, trust, { kid: jws.kid, use: 'bundle', signedAtSeconds: jws.payload.iat, nowSeconds })
  if (problem) throw new VerificationError('bundle-signature', { cause: new VerificationError(problem) })
}

function assertBundleInDate({ iat, exp }: BundlePayload, nowSeconds: number): void {
  if (iat > nowSeconds + clockSkewSeconds) throw new VerificationError('bundle-from-the-future')
  if (exp <= nowSeconds) throw new VerificationError('bundle-expired')
}
