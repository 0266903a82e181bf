import { ed25519 } from '@noble/curves/ed25519'
import { act, type ActDeps } from '../../../src/authority/act.ts'
import { type AuditLog, logSegments, openLog } from '../../../src/authority/audit/index.ts'
import { claimStore, storeIdentities } from '../../../src/authority/store-identity.ts'
import { createTurns } from '../../../src/authority/turns.ts'
import { persons } from '../../../src/authority/uniqueness/index.ts'
import { voidIntentsDuty } from '../../../src/authority/void-intents.ts'
import type { LoggedEntry, PersonRecord } from '../../../src/shared/contract/types.ts'
import { AuthorityError } from '../../../src/shared/errors.ts'
import { newId, randomBytes } from '../../../src/shared/ids.ts'
import type { Collection, DocumentStore } from '../../../src/storage/collection.ts'
import { failOnce, withFaults } from '../../support/faulty-store.ts'
import { openMemoryStore } from '../../support/memory-store.ts'

const secret = ed25519.utils.randomSecretKey()
const signer = { origin: 'localhost/log', publicKey: ed25519.getPublicKey(secret), sign: (bytes: Uint8Array) => Promise.resolve(ed25519.sign(bytes, secret)) }
const clock = { now: 1_800_000_000, nowSeconds: () => clock.now }

interface Process {
  readonly deps: ActDeps
  readonly audit: AuditLog
  readonly collection: Collection<PersonRecord>
}

/** A process over a store, as its own log reader and with its own turns. */
async function processOver(store: DocumentStore): Promise<Process> {
  const audit = await openLog({ segments: store.collection(logSegments), clock, random: randomBytes, signer })
  return { deps: { audit, turns: createTurns() }, audit, collection: store.collection(persons) }
}

const account = newId('account')
const person = newId('person')
const later = (current: PersonRecord | undefined) => ({ account, createdAtSeconds: (current?.createdAtSeconds ?? 0) + 1 })

const run = ({ deps, collection }: Process, actId: string, decide = later): Promise<PersonRecord> =>
  act(deps, collection, person, { kind: 'person', id: actId }, decide)

async function entriesOf(audit: AuditLog) {
  await audit.catchUp()
  const entries: LoggedEntry[] = []
  for await (const entry of audit.entriesFrom(0)) entries.push(entry)
  return entries
}

describe('an act', () => {
  it('is in the log before it is in the document, which lists its index', async () => {
    const one = await processOver(openMemoryStore())
    expect(await run(one, 'a')).toMatchObject({ version: 1, createdAtSeconds: 1, acts: [{ id: 'a', index: 0 }] })
    expect(await run(one, 'b')).toMatchObject({ version: 2, createdAtSeconds: 2, acts: [{ index: 0 }, { id: 'b', index: 1 }] })
  })

  it('logs nothing when the rule refuses', async () => {
    const one = await processOver(openMemoryStore())
    const refuse = () => {
      throw new AuthorityError('case-state', 'no')
    }
    await expect(run(one, 'a', refuse)).rejects.toMatchObject({ code: 'case-state' })
    expect(one.audit.treeSize).toBe(0)
  })

  it('takes effect once, however often it is repeated', async () => {
    const one = await processOver(openMemoryStore())
    const results = await Promise.all(Array.from({ length: 200 }, () => run(one, 'a')))
    expect(new Set(results.map(({ version }) => version))).toEqual(new Set([1]))
    expect(one.audit.treeSize).toBe(1)
  })

  it('takes effect once each, from several processes at once, and voids what lost a race', async () => {
    const store = openMemoryStore()
    const processes = await Promise.all([processOver(store), processOver(store), processOver(store)])
    await Promise.all(Array.from({ length: 30 }, (_, n) => run(processes[n % 3]!, `act-${String(n)}`)))
    const final = await processes[0].collection.get(person)
    expect(final).toMatchObject({ version: 30, createdAtSeconds: 30 })
    const entries = await entriesOf(processes[0].audit)
    const voided = entries.flatMap(({ entry }) => (entry.type === 'void' ? [entry.of] : []))
    const unlisted = entries.filter(({ index, entry }) => entry.type === 'intent' && !final?.acts.some((done) => done.index === index))
    expect(voided.toSorted()).toEqual(unlisted.map(({ index }) => index).toSorted())
  })

  it('does nothing when the log cannot be written', async () => {
    const store = openMemoryStore()
    const one = await processOver(withFaults(store, failOnce('fail-and-not-persist', { collection: 'log-segments' })))
    await expect(run(one, 'a')).rejects.toMatchObject({ code: 'log-unavailable' })
    expect(await one.collection.get(person)).toBeUndefined()
    expect(await run(one, 'a')).toMatchObject({ version: 1 })
  })

  it('goes on when the log was written and the answer was lost', async () => {
    const one = await processOver(withFaults(openMemoryStore(), failOnce('fail-but-persist', { collection: 'log-segments' })))
    expect(await run(one, 'a')).toMatchObject({ acts: [{ index: 0 }] })
    expect(one.audit.treeSize).toBe(1)
  })

  it.each(['fail-and-not-persist', 'fail-but-persist'] as const)('is done once when the change fails with %s and the caller tries again', async (fault) => {
    const store = openMemoryStore()
    const one = await processOver(withFaults(store, failOnce(fault, { collection: 'persons' })))
    await expect(run(one, 'a')).rejects.toMatchObject({ code: 'store-unavailable' })
    expect(await run(one, 'a')).toMatchObject({ version: 1, createdAtSeconds: 1 })
  })

  it('is voided by the sweep when it was logged and never took effect', async () => {
    const store = openMemoryStore()
    const one = await processOver(store)
    await run(one, 'a')
    const crashed = await processOver(withFaults(store, failOnce('fail-and-not-persist', { collection: 'persons' })))
    await expect(run(crashed, 'b')).rejects.toMatchObject({ code: 'store-unavailable' })

    const identities = store.collection(storeIdentities)
    await claimStore(identities, 'http://localhost:8080', 'test')
    const acted = new Map([['persons', one.collection]])
    const duty = voidIntentsDuty({ audit: one.audit, storeIdentities: identities, acted })
    for await (const item of duty.due(clock.nowSeconds() + 60)) await duty.perform(item)

    const entries = await entriesOf(one.audit)
    expect(entries.map(({ entry }) => entry)).toMatchObject([{ actId: 'a' }, { actId: 'b' }, { type: 'void', of: 1 }])
    // A late writer of the voided act would find another version than the one it read.
    expect(await one.collection.get(person)).toMatchObject({ version: 2, acts: [{ id: 'a' }] })
    for await (const item of duty.due(clock.nowSeconds() + 60)) await duty.perform(item)
    expect((await entriesOf(one.audit)).length).toBe(3)
  })

  it('is voided at a later sweep when the store failed at the first', async () => {
    const store = openMemoryStore()
    const one = await processOver(store)
    const crashed = await processOver(withFaults(store, failOnce('fail-and-not-persist', { collection: 'persons' })))
    await expect(run(crashed, 'b')).rejects.toMatchObject({ code: 'store-unavailable' })
    const identities = store.collection(storeIdentities)
    await claimStore(identities, 'http://localhost:8080', 'test')
    const duty = voidIntentsDuty({ audit: one.audit, storeIdentities: identities, acted: new Map() })
    for await (const _failed of duty.due(clock.nowSeconds() + 60)) continue
    for await (const item of duty.due(clock.nowSeconds() + 60)) await duty.perform(item)
    expect((await entriesOf(one.audit)).map(({ entry }) => entry)).toMatchObject([{ actId: 'b' }, { type: 'void', of: 0 }])
  })
})
