import { createApiClient } from '../../src/device/api/api-client.ts'
import { createAuthorityApi } from '../../src/device/api/authority-api.ts'
import { forgetfulMemory } from '../../src/device/device-memory.ts'
import { currentTrust, pinnedRoot } from '../../src/device/trust/pinned-trust.ts'
import { acceptCheckpoint } from '../../src/device/trust/remembered-checkpoint.ts'
import { fromBase64url, toBase64url } from '../../src/shared/base64url.ts'
import { systemClock } from '../../src/shared/clock.ts'
import type { TrustFile } from '../../src/shared/contract/types.ts'

/** A status list as it is served. */
export interface ListFacts {
  readonly path: string
  readonly issuedAtSeconds: number
  readonly sizeBytes: number
}

/** What the authority publishes, read and checked on this page. */
export interface PublicFacts {
  readonly trust: TrustFile
  readonly rootThumbprint: string
  readonly log: { readonly treeSize: number; readonly rootHash: string; readonly seenAtSeconds: number }
  readonly lists: readonly ListFacts[]
  /** Where the demo token sale is, when this is the authority of `npm start`. */
  readonly demoSite: string | undefined
}

/** Fetches the public files and checks their signatures; this page keeps nothing. */
export async function publicRecord(): Promise<PublicFacts> {
  const api = createAuthorityApi(createApiClient({ issuer: location.origin, carrier: 'cookie', fetch: (input, init) => fetch(input, init) }))
  const device = { api, memory: forgetfulMemory(), clock: systemClock }
  const trust = await currentTrust(device)
  const { treeSize, rootHash } = await acceptCheckpoint(device, trust, await api.checkpoint())
  return {
    trust,
    rootThumbprint: (await pinnedRoot(device)) ?? '',
    log: { treeSize, rootHash: toBase64url(rootHash), seenAtSeconds: systemClock.nowSeconds() },
    lists: await statusLists(),
    demoSite: location.origin === 'http://localhost:8080' && trust.demo ? 'http://127.0.0.1:8090' : undefined,
  }
}

/** Lists are numbered from 0; the first that is not there ends the row. */
async function statusLists(): Promise<ListFacts[]> {
  const found: ListFacts[] = []
  for (let list = 0; list < 4; list++) {
    const path = `/status/tsl/${list}`
    const reply = await fetch(path, { headers: { accept: 'application/statuslist+jwt' } })
    if (!reply.ok) break
    const token = await reply.text()
    const { iat } = JSON.parse(new TextDecoder().decode(fromBase64url(token.split('.')[1] ?? ''))) as { readonly iat?: number }
    found.push({ path, issuedAtSeconds: iat ?? 0, sizeBytes: token.length })
  }
  return found
}
