import { utf8ToBytes } from '@noble/hashes/utils'
import type { LogEntry, ProvenEntry } from './contract/types.ts'
import { fromBase64url } from './base64url.ts'
import { canonicalJson } from './canonical-json.ts'
import type { Checkpoint } from './checkpoint.ts'
import { AuthorityError } from './errors.ts'
import { sha256Bytes } from './hash.ts'
import { isIncluded, leafHash } from './merkle.ts'

/** What an act's entry says it means to do. */
export type IntentEntry = Extract<LogEntry, { readonly type: 'intent' }>

/** The data of a leaf: SHA-256(salt ‖ JCS(entry)), 32 bytes. All that the public sees of an entry. */
export function leafData(salt: Uint8Array, entry: LogEntry): Uint8Array<ArrayBuffer> {
  return sha256Bytes(salt, utf8ToBytes(canonicalJson(entry)))
}

/** The salted digest of what a document becomes by an act: without its acts and version, which the act itself changes. */
export function documentDigest(salt: Uint8Array, document: object): Uint8Array<ArrayBuffer> {
  const { acts: _acts, version: _version, ...rest } = document as { acts?: unknown; version?: unknown }
  return sha256Bytes(salt, utf8ToBytes(canonicalJson(rest)))
}

/**
 * Checks that an entry is in the log under this checkpoint.
 * @throws {AuthorityError} `statement-refused`
 */
export function assertLogged(proven: ProvenEntry, checkpoint: Checkpoint): void {
  const leaf = leafHash(leafData(fromBase64url(proven.salt), proven.entry))
  if (!isIncluded(leaf, proven.index, checkpoint.treeSize, proven.path.map(fromBase64url), checkpoint.rootHash)) {
    throw new AuthorityError('statement-refused', 'An entry is not in the log.')
  }
}

/**
 * The logged intent of a statement: it is in the log, and it binds the statement's id and hash.
 * @throws {AuthorityError} `statement-refused`
 */
export function assertStatementLogged(proven: ProvenEntry, checkpoint: Checkpoint, statementId: string, hash: string): void {
  assertLogged(proven, checkpoint)
  const { entry } = proven
  if (entry.type !== 'intent' || entry.actId !== statementId || (entry.detail as { statementHash?: unknown }).statementHash !== hash) {
    throw new AuthorityError('statement-refused', 'The log holds something else in the place of this statement.')
  }
}
