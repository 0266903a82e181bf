import type { Clock } from '../../shared/clock.ts'
import { verifiedCheckpoint } from '../../shared/checkpoint.ts'
import { logVerifierKeys } from '../../shared/trust.ts'
import { tokenStatusListUrl } from '../../shared/public-names.ts'
import type { Keys } from '../keys/index.ts'
import type { StatusLists } from '../status/index.ts'

/** What the trust bundle is made of. */
export interface TrustBundleDeps {
  readonly issuer: string
  readonly clock: Clock
  readonly keys: Pick<Keys, 'did' | 'bundleSigner' | 'signedTrust' | 'trust'>
  readonly statusLists: Pick<StatusLists, 'listNumbers' | 'published'>
  /** The log's newest checkpoint, a signed note. */
  readonly checkpoint: () => Promise<string>
}

const lifetimeSeconds = 86_400

/**
 * All that a relying party needs offline, in one signed file: trust file, every Token Status List, checkpoint.
 * Its sequence counts trust files and log entries: whatever an authority does raises it, and nothing lowers it.
 * @returns compact JWS.
 * @see docs/protocol/trust.md, "Trust bundle"
 */
export async function trustBundle({ issuer, clock, keys, statusLists, checkpoint }: TrustBundleDeps): Promise<string> {
  const note = await checkpoint()
  const iat = clock.nowSeconds()
  const lists = await Promise.all(
    (await statusLists.listNumbers()).map(async (list) => [tokenStatusListUrl(issuer, list), await tokenOf(statusLists, list)] as const),
  )
  const sequence = keys.trust.sequence + treeSizeOf(note, keys)
  const payload = {
    iss: keys.did,
    iat,
    exp: iat + lifetimeSeconds,
    sequence,
    trust: keys.signedTrust,
    statusLists: Object.fromEntries(lists),
    checkpoint: note,
  }
  return keys.bundleSigner.sign(payload, { typ: 'vouchsafe-bundle+jwt' })
}

async function tokenOf(statusLists: TrustBundleDeps['statusLists'], list: number): Promise<string> {
  return (await statusLists.published({ form: 'token-status-list' }, list)).text
}

function treeSizeOf(note: string, { trust }: TrustBundleDeps['keys']): number {
  return verifiedCheckpoint(note, logVerifierKeys(trust).at(-1) ?? '').treeSize
}
