import type { UploadReply, VaultItemRecord, VaultRecord, VaultReply, WrapRequest } from '../../shared/contract/types.ts'
import { AuthorityError, isAuthorityError } from '../../shared/errors.ts'
import { newId } from '../../shared/ids.ts'
import { blobName, type BlobStore } from '../../storage/blobs.ts'
import { type Collection, everyDocument } from '../../storage/collection.ts'
import { change } from '../act.ts'
import type { Context } from '../context.ts'

/** What the vault works with. All of it is ciphertext to the authority. */
export interface VaultDeps extends Pick<Context, 'turns' | 'clock' | 'random'> {
  readonly vaults: Collection<VaultRecord>
  readonly vaultItems: Collection<VaultItemRecord>
  readonly blobs: BlobStore
}

const mostWraps = 16
const mostBytes = 200_000_000
/** The largest sealed item, in bytes. */
export const largestItemBytes = 25_000_000

/** The vault of an account: sealed index, wraps, items. An account that kept nothing has an empty one, counter 0. */
export async function openVault({ vaults, vaultItems }: VaultDeps, account: string): Promise<VaultReply> {
  const vault = (await vaults.get(account)) ?? emptyVault
  const items: VaultReply['items'][number][] = []
  for await (const { sha256, sizeBytes } of everyDocument(vaultItems, 'account', [account])) items.push({ sha256, sizeBytes })
  const { counter, sealedIndex, wraps, usedBytes } = vault
  return { counter, sealedIndex, wraps, items, usedBytes }
}

/**
 * Replaces the sealed index, if its counter is still the one that the device read.
 * @throws {AuthorityError} `stale-version`
 */
export async function replaceIndex(deps: VaultDeps, account: string, counterRead: number, sealedIndex: string): Promise<VaultReply> {
  await change(deps, deps.vaults, account, (stored) => {
    const current = stored ?? emptyVault
    if (current.counter !== counterRead) throw new AuthorityError('stale-version', 'Another device has changed the vault.')
    return { ...current, counter: counterRead + 1, sealedIndex }
  })
  return openVault(deps, account)
}

/**
 * Adds a wrap of the vault identity.
 * @throws {AuthorityError} `vault-full`
 */
export async function addWrap(deps: VaultDeps, account: string, wrap: WrapRequest): Promise<VaultReply> {
  const added = { wrap: newId('wrap', deps.random), ...wrap }
  await change(deps, deps.vaults, account, (stored) => {
    const current = stored ?? emptyVault
    if (current.wraps.some(({ sealed }) => sealed === wrap.sealed)) return current
    if (current.wraps.length >= mostWraps) throw new AuthorityError('vault-full', 'A vault has at most 16 ways in.')
    return { ...current, wraps: [...current.wraps, added] }
  })
  return openVault(deps, account)
}

/**
 * Removes a wrap, but never the last. Removing what is gone is no error.
 * @throws {AuthorityError} `last-way-in`
 */
export async function removeWrap(deps: VaultDeps, account: string, wrapId: string): Promise<void> {
  await change(deps, deps.vaults, account, (stored) => {
    const current = stored ?? emptyVault
    const wraps = current.wraps.filter(({ wrap }) => wrap !== wrapId)
    if (stored && wraps.length > 0 && wraps.length === stored.wraps.length) return stored
    if (wraps.length === 0) throw new AuthorityError('last-way-in', 'The last way into a vault cannot be removed.')
    return { ...current, wraps }
  })
}

/**
 * Keeps a sealed item under the hash of its ciphertext. Keeping it twice is keeping it once.
 * @throws {AuthorityError} `hash-mismatch`, `body-too-large`, `vault-full`
 */
export async function keepItem(deps: VaultDeps, account: string, sha256: string, bytes: AsyncIterable<Uint8Array>): Promise<UploadReply> {
  const id = `${account}.${sha256}`
  return deps.turns.take(`vault-blobs/${id}`, async () => {
    const { sizeBytes } = await deps.blobs.put(blobName(account, sha256), bytes, largestItemBytes)
    if (await deps.vaultItems.get(id)) return { sha256, sizeBytes }
    await takeRoom(deps, account, sha256, sizeBytes)
    await change(deps, deps.vaultItems, id, (current) => current ?? { account, sha256, sizeBytes, addedAtSeconds: deps.clock.nowSeconds() })
    return { sha256, sizeBytes }
  })
}

/** Counts new bytes against the vault's room; bytes for which there is none do not stay. */
async function takeRoom(deps: VaultDeps, account: string, sha256: string, sizeBytes: number): Promise<void> {
  const taken = change(deps, deps.vaults, account, (stored) => {
    const current = stored ?? emptyVault
    if (current.usedBytes + sizeBytes > mostBytes) throw new AuthorityError('vault-full', 'The vault has no room for this item.')
    return { ...current, usedBytes: current.usedBytes + sizeBytes }
  })
  await taken.catch(async (error: unknown) => {
    if (isAuthorityError(error, 'vault-full')) await deps.blobs.remove(blobName(account, sha256))
    throw error
  })
}

/**
 * A sealed item of this account.
 * @throws {AuthorityError} `not-found`
 */
export async function readItem({ vaultItems, blobs }: VaultDeps, account: string, sha256: string): Promise<AsyncIterable<Uint8Array>> {
  const found = (await vaultItems.get(`${account}.${sha256}`)) && (await blobs.get(blobName(account, sha256)))
  if (!found) throw new AuthorityError('not-found', 'The vault has no such item.')
  return found.bytes
}

/** Removes an item and its bytes. Removing what is gone is no error. */
export async function removeItem(deps: VaultDeps, account: string, sha256: string): Promise<void> {
  const item = await deps.vaultItems.get(`${account}.${sha256}`)
  if (!item) return
  await deps.vaultItems.remove(item)
  await change(deps, deps.vaults, account, (stored) => {
    const current = stored ?? emptyVault
    return { ...current, usedBytes: Math.max(0, current.usedBytes - item.sizeBytes) }
  })
  await deps.blobs.remove(blobName(account, sha256))
}

const emptyVault: Omit<VaultRecord, 'id' | 'version'> = { counter: 0, sealedIndex: '', wraps: [], usedBytes: 0 }
