import type { Authority, Freshness } from './authority.ts'
import { VerificationError } from './errors.ts'
import { fetchText, type Fetch } from './fetch-text.ts'
import { freshValue } from './fresh-value.ts'
import { issuerAt, statusListId, type Issuer } from './issuer.ts'
import { createMemory, type Memory, type Remembered } from './remembered.ts'
import { isStatusFresh, verifiedStatusList, type StatusList } from './status-list.ts'
import { strictJsonObject } from './strict-json.ts'
import { verifiedTrust, type Trust } from './trust-file.ts'

const maxTrustSizeBytes = 524_288
const maxListSizeBytes = 262_144
const maxListsHeld = 1024

/** Where the authority is, and what is known of it. */
export interface AuthorityUrlOptions {
  /** The authority's origin. */
  readonly issuer: string
  /** Pins the root key (RFC 7638, SHA-256, base64url). Without it the first root seen is taken: keep `remembered()` then. */
  readonly rootThumbprint?: string
  /** What `remembered()` gave before the last stop. */
  readonly remembered?: Remembered
  /** The longest that a trust file or list is reused without asking again; 300 s and the list's own ttl unless given. */
  readonly maxCacheSeconds?: number
  readonly fetch?: Fetch
}

interface Source extends AuthorityUrlOptions {
  readonly names: Issuer
  readonly memory: Memory
  readonly fetch: Fetch
}

/**
 * An authority at a URL. The trust file and the status lists that presentations need are fetched when first needed and kept for as long as they say;
 * who presents, or where, is in no request. If the authority does not answer, what is in hand serves up to the age that each check allows.
 * @throws {TypeError} if `issuer` is not an origin
 */
export function authorityFromUrl(options: AuthorityUrlOptions): Authority {
  const memory = createMemory({ ...options.remembered, ...(options.rootThumbprint !== undefined && { rootThumbprint: options.rootThumbprint }) })
  const source: Source = { ...options, names: issuerAt(options.issuer), memory, fetch: options.fetch ?? ((url, init) => fetch(url, init)) }
  const trust = trustOf(source)
  const statusList = statusListsOf(source, trust)
  return { issuer: source.names, trust, statusList, remembered: () => memory.snapshot() }
}

function trustOf({ memory, names, fetch, maxCacheSeconds = 300 }: Source): Authority['trust'] {
  const value = freshValue<Trust>({
    reuseSeconds: () => maxCacheSeconds,
    async load(nowSeconds) {
      const signed = await fetchSigned({ fetch }, `${names.url}/trust.json`)
      const trust = await verifiedTrust(signed, { issuer: names, rootThumbprint: memory.rootThumbprint(), nowSeconds })
      memory.noteTrust(trust)
      return trust
    },
  })
  return async ({ nowSeconds, maxAgeSeconds }) =>
    value(nowSeconds, (held) => nowSeconds - held.fetchedAtSeconds <= maxAgeSeconds && nowSeconds < held.value.expiresAtSeconds)
}

function statusListsOf(source: Source, trust: Authority['trust']): Authority['statusList'] {
  const lists = new Map<string, ReturnType<typeof statusListAt>>()
  return async (uri, at) => {
    if (statusListId(source.names, uri) === undefined) throw new VerificationError('status-unavailable')
    const known = lists.get(uri) ?? statusListAt(source, trust, uri)
    if (lists.size >= maxListsHeld) lists.clear()
    lists.set(uri, known)
    return known(at)
  }
}

function statusListAt({ memory, names, fetch, maxCacheSeconds = Infinity }: Source, trust: Authority['trust'], uri: string) {
  const value = freshValue<StatusList>({
    reuseSeconds: (list) => Math.min(list.ttlSeconds, maxCacheSeconds),
    async load(nowSeconds) {
      const current = await trust({ nowSeconds, maxAgeSeconds: maxCacheSeconds })
      const token = await fetchText({ fetch }, { url: uri, maxSizeBytes: maxListSizeBytes }).catch((cause: unknown) => {
        throw new VerificationError('status-unavailable', { cause })
      })
      const list = await verifiedStatusList(token.trim(), { issuer: names, trust: current, uri, nowSeconds })
      memory.noteList(list)
      return list
    },
  })
  return async (at: Freshness): Promise<StatusList> => value(at.nowSeconds, (held) => isStatusFresh(held.value, at))
}

async function fetchSigned(deps: { readonly fetch: Fetch }, url: string): Promise<unknown> {
  const file = await fetchText(deps, { url, maxSizeBytes: maxTrustSizeBytes }).catch((cause: unknown) => {
    throw new VerificationError('trust-unavailable', { cause })
  })
  return strictJsonObject(new TextEncoder().encode(file))
}
