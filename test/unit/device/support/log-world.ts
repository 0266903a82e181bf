import { ed25519 } from '@noble/curves/ed25519'
import { utf8ToBytes } from '@noble/hashes/utils'
import { createMerkleTree } from '../../../../src/authority/audit/merkle-tree.ts'
import { toBase64url } from '../../../../src/shared/base64url.ts'
import { type Checkpoint, checkpointText, noteVerifierKey, signedCheckpoint } from '../../../../src/shared/checkpoint.ts'
import type { InclusionProofReply, LogEntry, ProvenEntry, RosterEntry, RosterReply, RosterStatement, TrustFile } from '../../../../src/shared/contract/types.ts'
import { newId, randomBytes } from '../../../../src/shared/ids.ts'
import { fromBase64url } from '../../../../src/shared/base64url.ts'
import { leafData } from '../../../../src/shared/logged-entry.ts'
import { emptyRoster, rosterHash } from '../../../../src/shared/roster.ts'
import { type Signed, statementHash } from '../../../../src/shared/statement.ts'
import { newIdentity, recipientOf } from '../../../../src/device/seal/age.ts'
import { signStatement } from '../../../../src/device/sign-statement.ts'
import { publicPasskey, softwarePasskey, type SoftwarePasskey } from '../../../../src/device/software-passkey.ts'

export const issuer = 'http://localhost:8080'
export const now = 1_795_000_000
export const scope = { rpId: 'localhost', origin: issuer }

/** A log of one's own, as an authority keeps it. */
export function createLog() {
  const secret = randomBytes(32)
  const publicKey = ed25519.getPublicKey(secret)
  const origin = 'localhost:8080/log'
  const tree = createMerkleTree()
  const entries: { salt: string; entry: LogEntry }[] = []
  const checkpointAt = (treeSize: number): Checkpoint => ({ origin, treeSize, rootHash: tree.rootHash(treeSize) })
  return {
    verifierKey: noteVerifierKey(origin, publicKey),
    append(entry: LogEntry): number {
      const salt = toBase64url(randomBytes(32))
      tree.append(leafData(fromBase64url(salt), entry))
      return entries.push({ salt, entry }) - 1
    },
    size: () => entries.length,
    checkpointAt,
    note: (treeSize = entries.length) =>
      signedCheckpoint(checkpointAt(treeSize), publicKey, ed25519.sign(utf8ToBytes(checkpointText(checkpointAt(treeSize))), secret)),
    prove: (index: number, treeSize = entries.length): ProvenEntry => ({
      index,
      ...entries[index]!,
      path: tree.inclusionPath(index, treeSize).map(toBase64url),
    }),
    inclusionProof: async (index: number, treeSize: number): Promise<InclusionProofReply> => ({
      index,
      treeSize,
      leafHash: toBase64url(tree.leafHash(index)),
      path: tree.inclusionPath(index, treeSize).map(toBase64url),
    }),
  }
}

export type TestLog = ReturnType<typeof createLog>

/** An intent as the log takes it. */
export function intent(actId: string, subject: string, detail: Record<string, unknown> = {}, atSeconds = now): LogEntry {
  return { type: 'intent', act: 'test', actId, collection: 'tests', subject, subjectVersion: 1, digest: 'A'.repeat(43), detail, atSeconds }
}

/** An operator and a trust file that names them and the log. */
export async function createTrust(log: TestLog, rosterDelaySeconds = 0): Promise<{ readonly trust: TrustFile; readonly operator: SoftwarePasskey }> {
  const operator = softwarePasskey()
  await operator.create({ ...scope, userHandle: newId('operator'), challenge: new Uint8Array(32) })
  const trust: TrustFile = {
    ...{ issuer, environment: 'test', demo: true, sequence: 1, issuedAtSeconds: now, expiresAtSeconds: now + 86_400, rosterDelaySeconds },
    ...{ rpId: 'localhost', origins: [issuer], operators: [{ operator: newId('operator'), passkey: publicPasskey(operator.credentials()[0]!) }] },
    keys: [{ kid: 'log-1', use: 'log', alg: 'EdDSA', state: 'active', notBeforeSeconds: now, verifierKey: log.verifierKey }],
  }
  return { trust, operator }
}

/** A reviewer's entry. */
export async function rosterEntry(change: Partial<RosterEntry> = {}): Promise<RosterEntry> {
  const passkey = softwarePasskey()
  await passkey.create({ ...scope, userHandle: 'x', challenge: new Uint8Array(32) })
  return {
    ...{ reviewer: newId('reviewer'), account: newId('account'), organisation: 'Utopia Post', passkey: publicPasskey(passkey.credentials()[0]!) },
    ...{ recipient: await recipientOf(await newIdentity()), notBeforeSeconds: now, notAfterSeconds: now + 86_400 },
    ...change,
  }
}

/** A roster that an operator has signed entry by entry, each logged, by an authority that checks nothing. */
export async function signedRoster(
  log: TestLog,
  operator: SoftwarePasskey,
  changes: readonly { action: 'add' | 'end'; entry: RosterEntry }[],
): Promise<RosterReply> {
  let state = emptyRoster
  const statements: { signed: Signed<RosterStatement>; index: number }[] = []
  for (const { action, entry } of changes) {
    const sequence = state.sequence + 1
    const entries = [...state.entries.filter(({ reviewer }) => reviewer !== entry.reviewer), entry]
    const content = {
      kind: 'roster',
      subject: 'roster',
      subjectVersion: state.sequence,
      action,
      entry,
      sequence,
      rosterHash: rosterHash({ sequence, entries }),
    } as const
    const deps = { ...scope, issuer, environment: 'test', authenticator: operator, clock: { nowSeconds: () => now } } as const
    const signed = await signStatement<RosterStatement>(deps, operator.credentials()[0]!.credentialId, content)
    statements.push({ signed, index: log.append(intent(signed.statement.id, 'roster', { statementHash: statementHash(signed.statement) })) })
    state = { sequence, entries }
  }
  return {
    ...state,
    rosterHash: rosterHash(state),
    statements: statements.map(({ signed, index }) => ({ signed, proof: log.prove(index) })),
    checkpoint: log.note(),
  }
}
