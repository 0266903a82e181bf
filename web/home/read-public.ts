import { compactVerify, decodeProtectedHeader, importJWK } from 'jose'
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
  readonly log: { readonly treeSize: number; readonly rootHash: string; readonly atSeconds: number }
  readonly lists: readonly ListFacts[]
  /** Where the demo token sale is, when this is the authority of `npm start`. */
  readonly demoSite: string | undefined
}

/** Fetches the public files and checks their signatures; this page keeps nothing. */
export async function publicRecord(): Promise<PublicFacts> {
  const api = createAuthorityApi(createApiClient({ issuer: location.origin, carrier: 'cookie', fetch: (input, init) => fetch(input, init) }))
  const device = { api, memory: forgetfulMemory(), clock: systemClock }
  const trust = await currentTrust(device)
  const { checkpoint, statusLists, iat } = await verifiedBundle(trust)
  const { treeSize, rootHash } = await acceptCheckpoint(device, trust, checkpoint)
  return {
    trust,
    rootThumbprint: (await pinnedRoot(device)) ?? '',
    log: { treeSize, rootHash: toBase64url(rootHash), atSeconds: iat },
    lists: Object.entries(statusLists).map(([url, token]) => ({ path: new URL(url).pathname, issuedAtSeconds: issuedAt(token), sizeBytes: token.length })),
    demoSite: location.origin === 'http://localhost:8080' && trust.demo ? 'http://127.0.0.1:8090' : undefined,
  }
}

/** What of a trust bundle is shown here. */
interface Bundle {
  readonly iat: number
  readonly checkpoint: string
  readonly statusLists: Readonly<Record<string, string>>
}

/** The trust bundle, whose signature dates the checkpoint and covers every status list. */
async function verifiedBundle(trust: TrustFile): Promise<Bundle> {
  const bundle = await (await fetch('/trust-bundle.jwt')).text()
  const { payload } = await compactVerify(bundle, await bundleKey(trust, decodeProtectedHeader(bundle).kid), { algorithms: ['ES256'] })
  return JSON.parse(new TextDecoder().decode(payload)) as Bundle
}

async function bundleKey({ keys }: TrustFile, kid: string | undefined): Promise<CryptoKey> {
  const key = keys.find((each) => each.kid === kid && each.use === 'bundle' && each.state === 'active')
  const imported = await importJWK({ ...key?.jwk }, 'ES256')
  if (imported instanceof Uint8Array) throw new TypeError('not a public key')
  return imported
}

function issuedAt(token: string): number {
  const { iat } = JSON.parse(new TextDecoder().decode(fromBase64url(token.split('.')[1] ?? ''))) as { readonly iat?: number }
  return iat ?? 0
}
