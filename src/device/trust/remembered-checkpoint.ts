import type { TrustFile } from '../../shared/contract/types.ts'
import { fromBase64url, toBase64url } from '../../shared/base64url.ts'
import type { Checkpoint } from '../../shared/checkpoint.ts'
import { isSameBytes } from '../../shared/merkle.ts'
import { checkpointSignedByLog } from '../../shared/trust.ts'
import type { Device } from '../device.ts'
import { DeviceError } from '../device-error.ts'
import { recalled, remember } from '../device-memory.ts'
import { rootsOfPath } from '../../shared/tree-consistency.ts'

interface Seen {
  readonly treeSize: number
  readonly rootHash: string
}

const seenKey = 'checkpoint'

/**
 * Reads a checkpoint: signed by a log key of the trust file, and of the same history as the last one that this device saw.
 * @throws {AuthorityError} `statement-refused` if it is not signed by the log.
 * @throws {DeviceError} `log-forked` if it contradicts what was seen.
 */
export async function acceptCheckpoint(device: Pick<Device, 'api' | 'memory'>, trust: TrustFile, note: string): Promise<Checkpoint> {
  const checkpoint = checkpointSignedByLog(trust, note)
  const seen = await recalled<Seen>(device.memory, seenKey)
  if (seen !== undefined) await assertSameHistory(device, seen, { treeSize: checkpoint.treeSize, rootHash: toBase64url(checkpoint.rootHash) })
  if (seen === undefined || checkpoint.treeSize > seen.treeSize) {
    await remember(device.memory, seenKey, { treeSize: checkpoint.treeSize, rootHash: toBase64url(checkpoint.rootHash) } satisfies Seen)
  }
  return checkpoint
}

async function assertSameHistory(device: Pick<Device, 'api'>, a: Seen, b: Seen): Promise<void> {
  const [older, newer] = a.treeSize <= b.treeSize ? [a, b] : [b, a]
  if (older.treeSize === newer.treeSize ? older.rootHash === newer.rootHash : older.treeSize === 0 || (await isExtension(device, older, newer))) return
  throw new DeviceError('log-forked', 'The log shows another history than before. Do not go on; keep this device as evidence.')
}

async function isExtension({ api }: Pick<Device, 'api'>, older: Seen, newer: Seen): Promise<boolean> {
  const proof = await api.inclusionProof(older.treeSize - 1, newer.treeSize)
  const roots = rootsOfPath(fromBase64url(proof.leafHash), older.treeSize - 1, newer.treeSize, proof.path.map(fromBase64url))
  return roots !== undefined && isSameBytes(roots.rootAtLeaf, fromBase64url(older.rootHash)) && isSameBytes(roots.root, fromBase64url(newer.rootHash))
}
