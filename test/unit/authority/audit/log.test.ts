import { ed25519 } from '@noble/curves/ed25519'
import { logSegments, openLog, type AuditLog } from '../../../../src/authority/audit/index.ts'
import { fromBase64url } from '../../../../src/shared/base64url.ts'
import { noteVerifierKey, verifiedCheckpoint } from '../../../../src/shared/checkpoint.ts'
import { randomBytes } from '../../../../src/shared/ids.ts'
import { assertLogged } from '../../../../src/shared/logged-entry.ts'
import { isIncluded } from '../../../../src/shared/merkle.ts'
import { rootsOfPath } from '../../../../src/shared/tree-consistency.ts'
import type { DocumentStore } from '../../../../src/storage/collection.ts'
import { openMemoryStore } from '../../../support/memory-store.ts'

const secret = ed25519.utils.randomSecretKey()
const publicKey = ed25519.getPublicKey(secret)
const origin = 'localhost:8080/log'
const signer = { origin, publicKey, sign: (bytes: Uint8Array) => Promise.resolve(ed25519.sign(bytes, secret)) }

const open = (store: DocumentStore): Promise<AuditLog> =>
  openLog({ segments: store.collection(logSegments), clock: { nowSeconds: () => 1_800_000_000 }, random: randomBytes, signer })

const intent = (n: number) => ({
  act: 'case',
  actId: `act-${String(n)}`,
  collection: 'cases',
  subject: `case-${String(n)}`,
  subjectVersion: 1,
  document: { n },
  detail: {},
})

describe('the log', () => {
  it('gives each entry an index of its own, in one order, however many are logged at once', async () => {
    const log = await open(openMemoryStore())
    const indices = await Promise.all(Array.from({ length: 300 }, (_, n) => log.append(intent(n))))
    expect(indices.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 300 }, (_, n) => n))
    expect(log.treeSize).toBe(300)
  })

  it('keeps one order when several processes write to one store', async () => {
    const store = openMemoryStore()
    const logs = await Promise.all([open(store), open(store), open(store)])
    const indices = await Promise.all(Array.from({ length: 90 }, (_, n) => logs[n % 3]!.append(intent(n))))
    expect(new Set(indices).size).toBe(90)
    await Promise.all(logs.map((log) => log.catchUp()))
    const checkpoints = await Promise.all(logs.map((log) => log.checkpoint()))
    expect(new Set(checkpoints).size).toBe(1)
  })

  it('takes each segment once when it is read while it is written', async () => {
    const log = await open(openMemoryStore())
    const work = Array.from({ length: 60 }, (_, n) => (n % 2 === 0 ? log.append(intent(n)) : log.catchUp()))
    await expect(Promise.all(work)).resolves.toHaveLength(60)
    expect(log.treeSize).toBe(30)
  })

  it('knows what another process wrote when it is asked for it', async () => {
    const store = openMemoryStore()
    const [writer, reader] = [await open(store), await open(store)]
    await writer.append(intent(0))
    expect((await reader.prove([0])).checkpoint).toBe(await writer.checkpoint())
    await writer.append(intent(1))
    expect(await reader.inclusionProof(0, 2)).toMatchObject({ index: 0, treeSize: 2 })
  })

  it('proves every entry under its signed checkpoint, for every tree size up to 70', async () => {
    const log = await open(openMemoryStore())
    for (let n = 0; n < 70; n++) {
      await log.append(intent(n))
      const { entries, checkpoint } = await log.prove(Array.from({ length: n + 1 }, (_, index) => index))
      const verified = verifiedCheckpoint(checkpoint, noteVerifierKey(origin, publicKey))
      expect(verified.treeSize).toBe(n + 1)
      for (const entry of entries) assertLogged(entry, verified)
    }
  })

  it('refuses a changed entry, a changed path and a checkpoint of another key', async () => {
    const log = await open(openMemoryStore())
    for (let n = 0; n < 5; n++) await log.append(intent(n))
    const { entries, checkpoint } = await log.prove([3])
    const verified = verifiedCheckpoint(checkpoint, noteVerifierKey(origin, publicKey))
    const proven = entries[0]!
    const changed = { ...proven, entry: { ...proven.entry, atSeconds: 1 } }
    expect(() => assertLogged(changed, verified)).toThrow(expect.objectContaining({ code: 'statement-refused' }))
    expect(() => assertLogged({ ...proven, path: proven.path.toReversed() }, verified)).toThrow(expect.objectContaining({ code: 'statement-refused' }))
    const other = noteVerifierKey(origin, ed25519.getPublicKey(ed25519.utils.randomSecretKey()))
    expect(() => verifiedCheckpoint(checkpoint, other)).toThrow(expect.objectContaining({ code: 'statement-refused' }))
  })

  it('shows by the path of an old tree’s last leaf that the new tree extends it', async () => {
    const log = await open(openMemoryStore())
    for (let n = 0; n < 40; n++) await log.append(intent(n))
    for (let size = 1; size <= 40; size++) {
      const { leafHash, path } = await log.inclusionProof(size - 1, 40)
      const roots = rootsOfPath(fromBase64url(leafHash), size - 1, 40, path.map(fromBase64url))
      expect(roots?.rootAtLeaf).toEqual(log.rootHash(size))
      expect(isIncluded(fromBase64url(leafHash), size - 1, 40, path.map(fromBase64url), log.rootHash(40))).toBe(true)
    }
  })

  it('knows its entries again after a restart', async () => {
    const store = openMemoryStore()
    const before = await open(store)
    await before.append(intent(1))
    await before.appendVoid(0)
    const after = await open(store)
    expect(after.treeSize).toBe(2)
    expect((await after.entry(1))?.entry).toMatchObject({ type: 'void', of: 0 })
    expect(await after.entry(2)).toBeUndefined()
    expect(await after.checkpoint()).toBe(await before.checkpoint())
  })
})
