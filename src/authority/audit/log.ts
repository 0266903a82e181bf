import { fromBase64url, toBase64url } from '../../shared/base64url.ts'
import { checkpointText, signedCheckpoint } from '../../shared/checkpoint.ts'
import type { Clock } from '../../shared/clock.ts'
import type { InclusionProofReply, LogEntry, LogSegmentRecord, LoggedEntry, ProvenEntry } from '../../shared/contract/types.ts'
import { AuthorityError, isAuthorityError } from '../../shared/errors.ts'
import type { RandomBytes } from '../../shared/ids.ts'
import { documentDigest, leafData } from '../../shared/logged-entry.ts'
import type { Collection } from '../../storage/collection.ts'
import { createMerkleTree } from './merkle-tree.ts'
import { type CounterRange, createTakenBack, type TakingBack } from './taken-back.ts'

/** Signs checkpoints. The key is the log's own; `origin` names log and key. */
export interface LogSigner {
  readonly origin: string
  /** 32 bytes, Ed25519. */
  readonly publicKey: Uint8Array
  sign(bytes: Uint8Array): Promise<Uint8Array>
}

/** What an act means to do, before the log salts and places it. */
export interface Intent {
  readonly act: string
  readonly actId: string
  readonly collection: string
  readonly subject: string
  readonly subjectVersion: number
  /** The document as the act will leave it; only its salted digest is logged. */
  readonly document: object
  readonly detail: Readonly<Record<string, unknown>>
}

/** The authority's append-only log of acts. It fails closed: what cannot be logged is not done. */
export interface AuditLog {
  /** Leaves that this process knows of. */
  readonly treeSize: number
  /** Logs an intent; durable when it resolves with the entry's index. Rejects with `log-unavailable`. */
  append(intent: Intent): Promise<number>
  /** Marks an intent as without effect. */
  appendVoid(index: number): Promise<number>
  /** The entry at an index, or undefined beyond the end. */
  entry(index: number): Promise<LoggedEntry | undefined>
  /** Entries from an index on, in order. */
  entriesFrom(index: number): AsyncIterable<LoggedEntry>
  /** Entries with their audit paths, and the signed checkpoint that the paths lead to. */
  prove(indices: readonly number[]): Promise<{ readonly entries: readonly ProvenEntry[]; readonly checkpoint: string }>
  /** The current checkpoint, a C2SP signed note. */
  checkpoint(): Promise<string>
  /** Root of an earlier size, 32 bytes. */
  rootHash(treeSize: number): Uint8Array
  /** @throws {AuthorityError} `not-found` if the tree is or was not of that form. */
  inclusionProof(index: number, treeSize: number): Promise<InclusionProofReply>
  /** Subjects of which the log has a withdrawal, or a revocation, that is not void: whatever a document may say since, it was taken back. */
  takenBack(kind: TakingBack): ReadonlySet<string>
  /** The status counters that the revocation of a subject named, as the log has them. */
  revokedCounters(subject: string): readonly CounterRange[]
  /** Reads what other processes have appended. */
  catchUp(): Promise<void>
}

interface Deps {
  readonly segments: Collection<LogSegmentRecord>
  readonly clock: Clock
  readonly random: RandomBytes
  readonly signer: LogSigner
}

type Leaf = LogSegmentRecord['entries'][number]
interface Waiting {
  readonly leaf: Leaf
  readonly resolve: (index: number) => void
  readonly reject: (error: unknown) => void
}

const segmentId = (number: number): string => String(number).padStart(12, '0')
const mostLeavesInSegment = 1024

/**
 * Opens the log and reads it to its end.
 * @see docs/protocol/log.md
 */
export async function openLog({ segments, clock, random, signer }: Deps): Promise<AuditLog> {
  const tree = createMerkleTree()
  const firstIndices: number[] = []
  const takenBack = createTakenBack()
  let waiting: Waiting[] = []
  let isWriting = false
  let signed: { readonly treeSize: number; readonly note: Promise<string> } | undefined

  /** Adds a segment to the tree, unless another reader of this process was first. */
  const take = (number: number, segment: LogSegmentRecord): void => {
    if (number < firstIndices.length) return
    if (segment.firstIndex !== tree.size) throw new AuthorityError('log-unavailable', 'The log has a gap.')
    firstIndices.push(segment.firstIndex)
    for (const { leaf, entry: logged } of segment.entries) {
      takenBack.note(tree.size, logged)
      tree.append(fromBase64url(leaf))
    }
  }

  const readToEnd = async (): Promise<void> => {
    for (;;) {
      const number = firstIndices.length
      const segment = await segments.get(segmentId(number))
      if (segment === undefined) return
      take(number, segment)
    }
  }

  /** Inserts the leaves as the next segment; another process may be first, and then they go behind it. */
  const insertSegment = async (leaves: readonly Leaf[]): Promise<number> => {
    for (;;) {
      const firstIndex = tree.size
      const number = firstIndices.length
      try {
        take(number, await segments.insert({ id: segmentId(number), firstIndex, entries: leaves }))
        return firstIndex
      } catch (error) {
        if (!isAuthorityError(error, 'id-taken') && !isAuthorityError(error, 'store-unavailable')) throw error
        await readToEnd()
        // A lost answer: our own salted leaf stands where we put it.
        if ((await segments.get(segmentId(number)))?.entries[0]?.leaf === leaves[0]?.leaf) return firstIndex
        if (!isAuthorityError(error, 'id-taken')) throw error
      }
    }
  }

  const writeWaiting = async (): Promise<void> => {
    while (waiting.length > 0) {
      const batch = waiting.slice(0, mostLeavesInSegment)
      waiting = waiting.slice(mostLeavesInSegment)
      try {
        const firstIndex = await insertSegment(batch.map(({ leaf }) => leaf))
        batch.forEach(({ resolve }, offset) => resolve(firstIndex + offset))
      } catch {
        batch.forEach(({ reject }) => reject(new AuthorityError('log-unavailable', 'The log cannot be written; nothing was done.')))
      }
    }
    // In the same step as the look at the queue: what is logged from now on starts a new writing.
    isWriting = false
  }

  const enqueue = (entry: LogEntry, salt: Uint8Array): Promise<number> =>
    new Promise((resolve, reject) => {
      waiting.push({ leaf: { leaf: toBase64url(leafData(salt, entry)), salt: toBase64url(salt), entry }, resolve, reject })
      if (isWriting) return
      isWriting = true
      // One turn of the event loop gathers what is logged at the same time into one segment.
      setImmediate(() => void writeWaiting())
    })

  const locate = async (index: number): Promise<{ readonly segment: LogSegmentRecord | undefined; readonly offset: number }> => {
    const number = firstIndices.findLastIndex((first) => first <= index)
    const segment = await segments.get(segmentId(number))
    return { segment, offset: index - (segment?.firstIndex ?? 0) }
  }

  const entry = async (index: number): Promise<LoggedEntry | undefined> => {
    // Another process may have written it.
    if (index >= tree.size) await readToEnd()
    if (index < 0 || index >= tree.size) return undefined
    const { segment, offset } = await locate(index)
    const found = segment?.entries[offset]
    return found && { index, salt: found.salt, entry: found.entry }
  }

  const checkpointOf = (treeSize: number): Promise<string> => {
    if (signed?.treeSize === treeSize) return signed.note
    const checkpoint = { origin: signer.origin, treeSize, rootHash: tree.rootHash(treeSize) }
    const note = signer
      .sign(new TextEncoder().encode(checkpointText(checkpoint)))
      .then((signature) => signedCheckpoint(checkpoint, signer.publicKey, signature))
    signed = { treeSize, note }
    return note
  }

  const pathOf = (index: number, treeSize: number): string[] => tree.inclusionPath(index, treeSize).map(toBase64url)

  await readToEnd()
  return {
    get treeSize() {
      return tree.size
    },
    append({ document, ...intent }) {
      const salt = random(32)
      return enqueue({ type: 'intent', ...intent, digest: toBase64url(documentDigest(salt, document)), atSeconds: clock.nowSeconds() }, salt)
    },
    appendVoid: (index) => enqueue({ type: 'void', of: index, atSeconds: clock.nowSeconds() }, random(32)),
    entry,
    async *entriesFrom(index) {
      for (
        let number = Math.max(
          0,
          firstIndices.findLastIndex((first) => first <= index),
        );
        number < firstIndices.length;
        number++
      ) {
        const segment = await segments.get(segmentId(number))
        for (const [offset, { salt, entry: found }] of (segment?.entries ?? []).entries()) {
          const at = (segment?.firstIndex ?? 0) + offset
          if (at >= index) yield { index: at, salt, entry: found }
        }
      }
    },
    async prove(indices) {
      const found = await Promise.all(indices.map(entry))
      const treeSize = tree.size
      const entries = found.flatMap((logged) => (logged ? [{ ...logged, path: pathOf(logged.index, treeSize) }] : []))
      return { entries, checkpoint: await checkpointOf(treeSize) }
    },
    checkpoint: () => checkpointOf(tree.size),
    rootHash: (treeSize) => tree.rootHash(treeSize),
    async inclusionProof(index, treeSize) {
      if (treeSize > tree.size) await readToEnd()
      if (treeSize < 1 || treeSize > tree.size || index >= treeSize) throw new AuthorityError('not-found', 'The log has no such leaf at that size.')
      return { index, treeSize, leafHash: toBase64url(tree.leafHash(index)), path: pathOf(index, treeSize) }
    },
    takenBack: (kind) => takenBack.subjects(kind),
    revokedCounters: (subject) => takenBack.revokedCounters(subject),
    catchUp: readToEnd,
  }
}
