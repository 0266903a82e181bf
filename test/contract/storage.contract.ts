import { isAuthorityError } from '../../src/shared/errors.ts'
import { toBase64url } from '../../src/shared/base64url.ts'
import { everyDocument } from '../../src/storage/collection.ts'
import type { Collection, DocumentStore } from '../../src/storage/collection.ts'
import type { ValidateDocument } from '../../src/storage/validate-document.ts'
import { failOnce, withFaults } from '../support/faulty-store.ts'
import { otherSamples, samples } from '../support/sample-records.ts'
import type { Sample } from '../support/sample-records.ts'

/** One empty store of the kind under test, that can be opened again and again. */
export interface StorageHarness {
  /** Opens the store; a second call gives a second connection to the same data. The suite closes what it opens. */
  open(validate: ValidateDocument): Promise<DocumentStore>
  destroy(): Promise<void>
}

const acceptAll: ValidateDocument = () => undefined

/** What every storage adapter must do. Nothing in it knows which adapter it runs on. */
export function storageContract(createHarness: () => Promise<StorageHarness>): void {
  let harness: StorageHarness
  let opened: DocumentStore[] = []
  let store: DocumentStore
  let collection: Collection<Sample>

  async function open(validate = acceptAll): Promise<DocumentStore> {
    const next = await harness.open(validate)
    opened.push(next)
    return next
  }

  async function insertAll(documents: readonly Omit<Sample, 'version'>[]): Promise<void> {
    await Promise.all(documents.map((document) => collection.insert(document)))
  }

  beforeEach(async () => {
    harness = await createHarness()
    store = await open()
    collection = store.collection(samples)
  })
  afterEach(async () => {
    await Promise.all(opened.map((each) => each.close()))
    opened = []
    await harness.destroy()
  })

  describe('documents', () => {
    it('gives back what was inserted, as version 1', async () => {
      const inserted = await collection.insert({ id: 'a', state: 'open' })
      expect(inserted).toEqual({ id: 'a', version: 1, state: 'open' })
      expect(await collection.get('a')).toEqual(inserted)
    })

    it('gives undefined for an id that was never stored', async () => {
      expect(await collection.get('nobody')).toBeUndefined()
    })

    it('keeps any JSON value as it was', async () => {
      const statement = { 'a.b': 1, $set: 'x', empty: {}, none: [], nothing: null, big: 9_007_199_254_740_991, half: -0.5, deep: [[{ x: [] }]], text: 'ä𝄞\n"' }
      await collection.insert({ id: 'a', state: 'open', labels: [], statement })
      expect(await collection.get('a')).toEqual({ id: 'a', version: 1, state: 'open', labels: [], statement })
    })

    it('does not invent fields that a document lacks', async () => {
      await collection.insert({ id: 'a', state: 'open' })
      expect(Object.keys((await collection.get('a')) ?? {}).sort()).toEqual(['id', 'state', 'version'])
    })

    it('refuses a second document with the same id, and keeps the first', async () => {
      await collection.insert({ id: 'a', state: 'first' })
      await expect(collection.insert({ id: 'a', state: 'second' })).rejects.toMatchObject({ code: 'id-taken' })
      expect(await collection.get('a')).toMatchObject({ state: 'first' })
    })

    it('keeps collections apart', async () => {
      await collection.insert({ id: 'a', state: 'here' })
      await store.collection(otherSamples).insert({ id: 'a', state: 'there' })
      expect(await collection.get('a')).toMatchObject({ state: 'here' })
    })

    it('does not take an object for an id', async () => {
      await collection.insert({ id: 'a', state: 'open' })
      await expect(collection.get({ $ne: '' } as unknown as string)).rejects.toThrow()
    })
  })

  describe('compare and swap', () => {
    it('replaces the version that was read, and drops fields that the next one lacks', async () => {
      const first = await collection.insert({ id: 'a', state: 'open', owner: 'x' })
      const second = await collection.replace({ id: 'a', version: first.version, state: 'closed' })
      expect(second).toEqual({ id: 'a', version: 2, state: 'closed' })
      expect(await collection.get('a')).toEqual(second)
    })

    it('refuses a version that is no longer there, and changes nothing', async () => {
      const first = await collection.insert({ id: 'a', state: 'open' })
      await collection.replace({ ...first, state: 'closed' })
      await expect(collection.replace({ ...first, state: 'reopened' })).rejects.toMatchObject({ code: 'stale-version' })
      expect(await collection.get('a')).toEqual({ id: 'a', version: 2, state: 'closed' })
    })

    it('refuses to replace what was never inserted', async () => {
      await expect(collection.replace({ id: 'a', version: 1, state: 'open' })).rejects.toMatchObject({ code: 'stale-version' })
      expect(await collection.get('a')).toBeUndefined()
    })

    it('lets exactly one of 200 insertions of an id win', async () => {
      const outcomes = await Promise.allSettled(Array.from({ length: 200 }, (_, racer) => collection.insert({ id: 'claim', state: `racer-${racer}` })))
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
      expect(codesOf(outcomes)).toEqual(new Set(['id-taken']))
      const winner = outcomes.findIndex(({ status }) => status === 'fulfilled')
      expect(await collection.get('claim')).toMatchObject({ state: `racer-${winner}` })
    })

    it('lets exactly one of 200 replacements win, from two connections', async () => {
      const first = await collection.insert({ id: 'a', state: 'open' })
      const second = (await open()).collection(samples)
      const race = (racer: number) => (racer % 2 === 0 ? collection : second).replace({ ...first, state: `racer-${racer}` })
      const outcomes = await Promise.allSettled(Array.from({ length: 200 }, (_, racer) => race(racer)))
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
      expect(codesOf(outcomes)).toEqual(new Set(['stale-version']))
      const winner = outcomes.findIndex(({ status }) => status === 'fulfilled')
      expect(await collection.get('a')).toEqual({ id: 'a', version: 2, state: `racer-${winner}` })
    })

    it('fails a refused write alone: the others of the same turn take place', async () => {
      const first = await collection.insert({ id: 'a', state: 'open' })
      const outcomes = await Promise.allSettled([
        collection.insert({ id: 'b', state: 'new' }),
        collection.insert({ id: 'a', state: 'taken' }),
        collection.replace({ ...first, version: 7 }),
        collection.replace({ ...first, state: 'closed' }),
      ])
      expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled'])
      expect(await collection.get('a')).toMatchObject({ state: 'closed', version: 2 })
      expect(await collection.get('b')).toMatchObject({ state: 'new' })
    })
  })

  describe('removal', () => {
    it('removes the version that was read', async () => {
      const first = await collection.insert({ id: 'a', state: 'open' })
      await collection.remove(first)
      expect(await collection.get('a')).toBeUndefined()
    })

    it('refuses to remove a version that is no longer there', async () => {
      const first = await collection.insert({ id: 'a', state: 'open' })
      await collection.replace(first)
      await expect(collection.remove(first)).rejects.toMatchObject({ code: 'stale-version' })
      expect(await collection.get('a')).toMatchObject({ version: 2 })
    })

    it('takes the removal of what is gone for done', async () => {
      const first = await collection.insert({ id: 'a', state: 'open' })
      await collection.remove(first)
      await expect(collection.remove(first)).resolves.toBeUndefined()
    })
  })

  describe('durability', () => {
    it('has what was acknowledged after closing and opening again', async () => {
      await collection.insert({ id: 'a', state: 'open', dueSeconds: 5 })
      await store.close()
      const again = (await open()).collection(samples)
      expect(await again.get('a')).toEqual({ id: 'a', version: 1, state: 'open', dueSeconds: 5 })
      expect((await again.page('byState', ['open'], undefined, 10)).data).toHaveLength(1)
    })

    it('shows an acknowledged write to another connection at once', async () => {
      const other = (await open()).collection(samples)
      await collection.insert({ id: 'a', state: 'open' })
      expect(await other.get('a')).toMatchObject({ state: 'open' })
    })

    it('waits on closing for writes under way', async () => {
      const writes = Promise.all(Array.from({ length: 20 }, (_, at) => collection.insert({ id: `w${at}`, state: 'open' })))
      await store.close()
      await writes
      const again = (await open()).collection(samples)
      expect((await again.page('byState', ['open'], undefined, 50)).data).toHaveLength(20)
    })

    it('answers store-unavailable when it is closed', async () => {
      await collection.insert({ id: 'a', state: 'open' })
      await store.close()
      await expect(collection.get('a')).rejects.toMatchObject({ code: 'store-unavailable' })
      await expect(collection.insert({ id: 'b', state: 'open' })).rejects.toMatchObject({ code: 'store-unavailable' })
      await expect(collection.page('byState', [], undefined, 1)).rejects.toMatchObject({ code: 'store-unavailable' })
    })
  })

  describe('validation', () => {
    it('checks each document, whole and with its version, before it writes', async () => {
      const checked: [schema: string, document: unknown][] = []
      const watched = (await open((schema, document) => checked.push([schema, document]))).collection(samples)
      const first = await watched.insert({ id: 'a', state: 'open' })
      await watched.replace({ ...first, state: 'closed' })
      expect(checked).toEqual([
        ['sample', { id: 'a', version: 1, state: 'open' }],
        ['sample', { id: 'a', version: 2, state: 'closed' }],
      ])
    })

    it('writes nothing that the check refuses', async () => {
      const refusal = new Error('does not fit')
      const first = await collection.insert({ id: 'a', state: 'open' })
      const guarded = (
        await open(() => {
          throw refusal
        })
      ).collection(samples)
      await expect(guarded.insert({ id: 'b', state: 'open' })).rejects.toBe(refusal)
      await expect(guarded.replace({ ...first, state: 'closed' })).rejects.toBe(refusal)
      expect(await collection.get('a')).toEqual(first)
      expect(await collection.get('b')).toBeUndefined()
    })
  })

  describe('paging', () => {
    it('orders by the index and then by id, and leaves out what does not match', async () => {
      await insertAll([
        { id: 'd', state: 'open', dueSeconds: 20 },
        { id: 'c', state: 'open', dueSeconds: 100 },
        { id: 'b', state: 'open', dueSeconds: 20 },
        { id: 'a', state: 'closed', dueSeconds: 1 },
      ])
      expect(await idsOf(collection, 'byStateAndDue', ['open'], 10)).toEqual([['b', 'd', 'c']])
    })

    it('says nothing of a next page on the last one', async () => {
      await insertAll([
        { id: 'a', state: 'open' },
        { id: 'b', state: 'open' },
      ])
      expect(await collection.page('byState', ['open'], undefined, 2)).not.toHaveProperty('next')
      expect(await collection.page('byState', ['nothing-like-it'], undefined, 2)).toEqual({ data: [] })
    })

    it('walks equal keys page by page, each document once', async () => {
      await insertAll(Array.from({ length: 25 }, (_, at) => ({ id: `id-${String(at).padStart(2, '0')}`, state: 'open', dueSeconds: 7 })))
      const pages = await idsOf(collection, 'byStateAndDue', ['open'], 4)
      expect(pages.map((page) => page.length)).toEqual([4, 4, 4, 4, 4, 4, 1])
      expect(pages.flat()).toEqual(Array.from({ length: 25 }, (_, at) => `id-${String(at).padStart(2, '0')}`))
    })

    it('meets each document that stays exactly once, whatever is inserted or removed meanwhile', async () => {
      const stays = Array.from({ length: 12 }, (_, at) => ({ id: `stays-${String(at).padStart(2, '0')}`, state: 'open', dueSeconds: Math.floor(at / 3) * 10 }))
      await insertAll(stays)
      const met: string[] = []
      let cursor: string | undefined
      for (let round = 0; round === 0 || cursor !== undefined; round++) {
        const page = await collection.page('byStateAndDue', ['open'], cursor, 2)
        met.push(...page.data.map(({ id }) => id))
        await insertAll([0, 10, 20, 30].map((dueSeconds) => ({ id: `r${round}-${dueSeconds}`, state: 'open', dueSeconds: dueSeconds - (round % 2) })))
        const passer = page.data.find(({ id }) => id.startsWith('r'))
        if (passer !== undefined) await collection.remove(passer)
        cursor = page.next
        expect(round).toBeLessThan(200)
      }
      expect(met.filter((id) => id.startsWith('stays')).sort()).toEqual(stays.map(({ id }) => id))
      expect(new Set(met).size).toBe(met.length)
    })

    it('compares text by code point', async () => {
      const owners = ['B', 'a', 'ä', '\uff5e', '𝄞', 'aa', '']
      await insertAll(owners.map((owner, at) => ({ id: `x${at}`, state: 'open', owner })))
      const page = await collection.page('byOwner', [], undefined, 10)
      expect(page.data.map(({ owner }) => owner)).toEqual(['', 'B', 'a', 'aa', 'ä', '\uff5e', '𝄞'])
      expect((await idsOf(collection, 'byOwner', [], 1)).flat()).toEqual(page.data.map(({ id }) => id))
    })

    it('compares integers as numbers, also negative and large ones', async () => {
      const dues = [-5, 0, 9, 10, 4_000_000_000, 9_007_199_254_740_991]
      await insertAll(dues.map((dueSeconds, at) => ({ id: `x${9 - at}`, state: 'open', dueSeconds })))
      expect((await idsOf(collection, 'byStateAndDue', ['open'], 2)).flat()).toEqual(['x9', 'x8', 'x7', 'x6', 'x5', 'x4'])
    })

    it('puts a document without a later field first, and one without the first field nowhere', async () => {
      await insertAll([
        { id: 'a', state: 'open', owner: 'x', dueSeconds: -1 },
        { id: 'b', state: 'open', owner: 'x' },
        { id: 'c', state: 'open', owner: 'x' },
        { id: 'd', state: 'open', dueSeconds: 3 },
      ])
      expect(await idsOf(collection, 'byOwner', ['x'], 1)).toEqual([['b'], ['c'], ['a']])
      expect(await idsOf(collection, 'byOwner', [], 2)).toEqual([['b', 'c'], ['a']])
    })

    it('walks a whole index with everyDocument', async () => {
      await insertAll(Array.from({ length: 230 }, (_, at) => ({ id: `id-${String(at).padStart(3, '0')}`, state: at % 2 === 0 ? 'even' : 'odd' })))
      const met: string[] = []
      for await (const { id } of everyDocument(collection, 'byState', [])) met.push(id)
      expect(met).toHaveLength(230)
      expect(new Set(met).size).toBe(230)
    })

    it.each([
      ['no base64url', 'not a cursor!'],
      ['no JSON', toBase64url(new TextEncoder().encode('{"'))],
      ['no UTF-8', toBase64url(Uint8Array.of(0x22, 0xff, 0x22))],
      ['no place', toBase64url(new TextEncoder().encode('{"$gt":""}'))],
      ['a place with an operator in it', toBase64url(new TextEncoder().encode('[["dueSeconds"],[{"$gt":0}],"a"]'))],
      ['a place of another index', toBase64url(new TextEncoder().encode('[["owner"],["x"],"a"]'))],
      ['a place with too few values', toBase64url(new TextEncoder().encode('[["dueSeconds"],[],"a"]'))],
      ['nothing', ''],
    ])('refuses a cursor that is %s', async (_name, cursor) => {
      await expect(collection.page('byStateAndDue', ['open'], cursor, 5)).rejects.toMatchObject({ code: 'invalid-request' })
    })
  })

  describe('faults', () => {
    it('fail-and-not-persist: nothing is there, and the same insertion succeeds when tried again', async () => {
      const faulty = withFaults(store, failOnce('fail-and-not-persist')).collection(samples)
      await expect(faulty.insert({ id: 'a', state: 'open' })).rejects.toMatchObject({ code: 'store-unavailable' })
      expect(await faulty.get('a')).toBeUndefined()
      expect(await faulty.insert({ id: 'a', state: 'open' })).toMatchObject({ version: 1 })
    })

    it('fail-but-persist: the insertion is there, and trying again meets it', async () => {
      const faulty = withFaults(store, failOnce('fail-but-persist')).collection(samples)
      await expect(faulty.insert({ id: 'a', state: 'open' })).rejects.toMatchObject({ code: 'store-unavailable' })
      await expect(faulty.insert({ id: 'a', state: 'open' })).rejects.toMatchObject({ code: 'id-taken' })
    })

    it('fail-but-persist: the replacement is there, and trying again is stale', async () => {
      const faulty = withFaults(store, failOnce('fail-but-persist', { verb: 'replace' })).collection(samples)
      const first = await faulty.insert({ id: 'a', state: 'open' })
      await expect(faulty.replace({ ...first, state: 'closed' })).rejects.toMatchObject({ code: 'store-unavailable' })
      await expect(faulty.replace({ ...first, state: 'closed' })).rejects.toMatchObject({ code: 'stale-version' })
      expect(await faulty.get('a')).toMatchObject({ state: 'closed', version: 2 })
    })
  })
}

async function idsOf(collection: Collection<Sample>, index: string, equal: readonly string[], limit: number): Promise<string[][]> {
  const pages: string[][] = []
  let cursor: string | undefined
  do {
    const page = await collection.page(index, equal, cursor, limit)
    pages.push(page.data.map(({ id }) => id))
    cursor = page.next
  } while (cursor !== undefined)
  return pages
}

function codesOf(outcomes: readonly PromiseSettledResult<unknown>[]): Set<string> {
  const reasons: unknown[] = outcomes.filter((outcome) => outcome.status === 'rejected').map(({ reason }) => reason)
  return new Set(reasons.map((reason) => (isAuthorityError(reason) ? reason.code : String(reason))))
}
