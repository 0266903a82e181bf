import type { Authority } from '../../compose.ts'
import { fromBase64url, toBase64url } from '../../shared/base64url.ts'
import type { Checkpoint } from '../../shared/checkpoint.ts'
import type { LoggedEntry } from '../../shared/contract/types.ts'
import { sha256Bytes } from '../../shared/hash.ts'
import { documentDigest, type IntentEntry, leafData } from '../../shared/logged-entry.ts'
import { isSameBytes, leafHash, nodeHash } from '../../shared/merkle.ts'
import { checkpointSignedByLog } from '../../shared/trust.ts'

/** What an audit reads. */
export type Audited = Pick<Authority['features'], 'audit' | 'acted' | 'cases' | 'attestations' | 'clock' | 'trust'>

/** What an audit found; no fault means that log and documents agree. */
export interface AuditReport {
  readonly entries: number
  readonly inForce: number
  readonly voids: number
  readonly documents: number
  readonly rootHash: string
  readonly faults: readonly string[]
}

/** An intent may be younger than its effect. */
const settledAfterSeconds = 60

/**
 * Checks the log against itself and the documents against the log: each leaf is the hash of its entry, each intent in force is listed by its document,
 * each other one is void, and each document is what its last act said it would be. A row that was changed by hand shows here.
 * @param earlier a checkpoint kept elsewhere, a signed note, which this log must extend.
 */
export async function verifyLog(audited: Audited, earlier?: string): Promise<AuditReport> {
  const entries: LoggedEntry[] = []
  for await (const logged of audited.audit.entriesFrom(0)) entries.push(logged)
  const roots = rootsOf(entries)
  const rootHash = roots(entries.length)
  const faults: string[] = []
  if (!isSameBytes(rootHash, audited.audit.rootHash(entries.length)))
    faults.push('The entries do not give the root that the leaves give: an entry was changed.')
  if (earlier !== undefined) faults.push(...extensionFaults(audited, earlier, entries.length, roots))
  const { inForce, faults: effectFaults } = await checkEffects(audited, entries)
  const subjects = [...new Set(entries.flatMap(({ entry }) => (entry.type === 'intent' ? [`${entry.collection} ${entry.subject}`] : [])))]
  faults.push(...effectFaults, ...(await unloggedFaults(audited, new Set(subjects))))
  const voids = entries.filter(({ entry }) => entry.type === 'void').length
  return { entries: entries.length, inForce, voids, documents: subjects.length, rootHash: toBase64url(rootHash), faults }
}

/** The root of each size, from the entries themselves. @see RFC 9162, 2.1.1 */
function rootsOf(entries: readonly LoggedEntry[]): (size: number) => Uint8Array {
  const leaves = entries.map(({ salt, entry }) => leafHash(leafData(fromBase64url(salt), entry)))
  return (size) => {
    const stack: { hash: Uint8Array; size: number }[] = []
    for (const hash of leaves.slice(0, size)) {
      stack.push({ hash, size: 1 })
      while (stack.length > 1 && stack.at(-1)?.size === stack.at(-2)?.size) joinLast(stack)
    }
    while (stack.length > 1) joinLast(stack)
    return stack[0]?.hash ?? sha256Bytes()
  }
}

function joinLast(stack: { hash: Uint8Array; size: number }[]): void {
  const [left, right] = stack.splice(-2)
  if (left && right) stack.push({ hash: nodeHash(left.hash, right.hash), size: left.size + right.size })
}

function extensionFaults({ trust }: Audited, note: string, size: number, roots: (size: number) => Uint8Array): string[] {
  const checkpoint = genuine(trust, note)
  if (checkpoint === undefined) return ['The earlier checkpoint is not signed by this log.']
  const isPrefix = checkpoint.treeSize <= size && isSameBytes(checkpoint.rootHash, roots(checkpoint.treeSize))
  return isPrefix ? [] : [`The log does not extend the earlier checkpoint of size ${checkpoint.treeSize}: history was rewritten.`]
}

function genuine(trust: Audited['trust'], note: string): Checkpoint | undefined {
  try {
    return checkpointSignedByLog(trust, note)
  } catch {
    return undefined
  }
}

async function checkEffects(audited: Audited, entries: readonly LoggedEntry[]): Promise<{ readonly inForce: number; readonly faults: readonly string[] }> {
  const voided = new Set(entries.flatMap(({ entry }) => (entry.type === 'void' ? [entry.of] : [])))
  const faults: string[] = []
  let inForce = 0
  for (const { index, salt, entry } of entries) {
    if (entry.type === 'void') continue
    const fault = await effectFault(audited, { index, salt, entry, isVoid: voided.has(index) })
    if (fault === 'in-force') inForce++
    else if (fault !== undefined) faults.push(`Entry ${index} (${entry.act} of ${entry.subject}): ${fault}`)
  }
  return { inForce, faults }
}

interface Intent {
  readonly index: number
  readonly salt: string
  readonly entry: IntentEntry
  readonly isVoid: boolean
}

/** `in-force`, nothing for an intent without effect that is marked so, or what is wrong. */
async function effectFault({ acted, clock }: Audited, { index, salt, entry, isVoid }: Intent): Promise<string | undefined> {
  const document = await acted.get(entry.collection)?.get(entry.subject)
  const listed = document?.acts.find((done) => done.index === index)
  if (document === undefined || listed === undefined) {
    const isUnderWay = entry.atSeconds > clock.nowSeconds() - settledAfterSeconds
    return isVoid || isUnderWay ? undefined : 'it is neither listed by its document nor void.'
  }
  if (isVoid) return 'its document lists it, though it is void.'
  if (listed.id !== entry.actId || document.version < entry.subjectVersion) return 'its document lists another act in its place.'
  const isLast = document.acts.at(-1)?.index === index
  if (!isLast || toBase64url(documentDigest(fromBase64url(salt), document)) === entry.digest) return 'in-force'
  return 'its document is not what this last act made of it: it was changed without an act.'
}

/** Cases and attestations that no entry speaks of. */
async function unloggedFaults({ cases, attestations }: Audited, logged: ReadonlySet<string>): Promise<string[]> {
  const faults: string[] = []
  for (const collection of [cases, attestations]) {
    let cursor: string | undefined
    do {
      const page = await (collection as typeof cases).page('account', [], cursor, 100)
      faults.push(
        ...page.data
          .filter(({ id }) => !logged.has(`${collection === cases ? 'cases' : 'attestations'} ${id}`))
          .map(({ id }) => `${id} is in no entry of the log.`),
      )
      cursor = page.next
    } while (cursor !== undefined)
  }
  return faults
}
