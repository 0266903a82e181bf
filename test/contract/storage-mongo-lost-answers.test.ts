import type { Collection } from '../../src/storage/collection.ts'
import { openMongoStore } from '../../src/storage/mongo/open-mongo-store.ts'
import type { MongoStore } from '../../src/storage/mongo/open-mongo-store.ts'
import { startCuttingProxy } from '../support/cutting-proxy.ts'
import type { CuttingProxy } from '../support/cutting-proxy.ts'
import { describeMongodb, dropDatabase, freshDatabaseName, serverForCutting } from '../support/mongodb.ts'
import type { TestMongodb } from '../support/mongodb-server.ts'
import { sampleModels, samples } from '../support/sample-records.ts'
import type { Sample } from '../support/sample-records.ts'

const open = { id: 'a', state: 'open' }

describeMongodb('MongoDB store whose connection is cut', (sharedUri) => {
  let server: TestMongodb
  let uri: string
  let proxy: CuttingProxy
  let store: MongoStore
  let direct: MongoStore
  let collection: Collection<Sample>
  let others: Collection<Sample>

  beforeAll(async () => {
    server = await serverForCutting(sharedUri)
    uri = server.uri
  }, 60_000)
  afterAll(() => server.stop())

  beforeEach(async () => {
    const databaseName = freshDatabaseName()
    const common = { databaseName, validate: () => undefined, models: sampleModels }
    proxy = await startCuttingProxy(uri)
    store = await openMongoStore({ ...common, uri: proxy.uri, primaryTimeoutMs: 500 })
    direct = await openMongoStore({ ...common, uri })
    collection = store.collection(samples)
    others = direct.collection(samples)
  })
  afterEach(async () => {
    await store.close()
    await proxy.close()
    await direct.close()
    await dropDatabase(uri, direct.connection.name)
  })

  const sent = (command: string) => proxy.commands.filter((each) => command in each).length

  describe('after the commit and before the answer', () => {
    it('takes the insertion for done, without a second one', async () => {
      proxy.cutNext({ command: 'insert', when: 'after' })
      expect(await collection.insert({ ...open, statement: { 'a.b': [1, {}] } })).toMatchObject({ version: 1 })
      expect(await others.get('a')).toEqual({ ...open, version: 1, statement: { 'a.b': [1, {}] } })
      expect(sent('insert')).toBe(1)
    })

    it('takes the replacement for done, without a second one', async () => {
      const first = await collection.insert(open)
      proxy.cutNext({ command: 'update', when: 'after' })
      expect(await collection.replace({ ...first, state: 'closed' })).toMatchObject({ version: 2 })
      expect(await others.get('a')).toEqual({ id: 'a', version: 2, state: 'closed' })
      expect(sent('update')).toBe(1)
    })

    it('takes the removal for done', async () => {
      const first = await collection.insert(open)
      proxy.cutNext({ command: 'delete', when: 'after' })
      await collection.remove(first)
      expect(await others.get('a')).toBeUndefined()
    })

    it('still tells id-taken when the insertion was refused', async () => {
      await others.insert({ ...open, state: 'of another' })
      proxy.cutNext({ command: 'insert', when: 'after' })
      await expect(collection.insert(open)).rejects.toMatchObject({ code: 'id-taken' })
      expect(await others.get('a')).toMatchObject({ state: 'of another' })
    })

    it('still tells stale-version when the replacement was refused', async () => {
      const first = await collection.insert(open)
      await others.replace({ ...first, state: 'of another' })
      proxy.cutNext({ command: 'update', when: 'after' })
      await expect(collection.replace({ ...first, state: 'closed' })).rejects.toMatchObject({ code: 'stale-version' })
    })

    it('does not say that the write failed when another stands on top of it', async () => {
      const first = await collection.insert(open)
      const meanwhile = () => others.replace({ id: 'a', version: 2, state: 'on top' })
      proxy.cutNext({ command: 'update', when: 'after', meanwhile })
      await expect(collection.replace({ ...first, state: 'closed' })).rejects.toMatchObject({ code: 'store-unavailable' })
      expect(await others.get('a')).toMatchObject({ version: 3, state: 'on top' })
    })

    it('does not say that the replacement failed when the document is gone', async () => {
      const first = await collection.insert(open)
      const meanwhile = () => others.remove({ id: 'a', version: 2, state: 'closed' })
      proxy.cutNext({ command: 'update', when: 'after', meanwhile })
      await expect(collection.replace({ ...first, state: 'closed' })).rejects.toMatchObject({ code: 'store-unavailable' })
    })
  })

  describe('before the server has it', () => {
    it('tries once more, and the write takes place once', async () => {
      proxy.cutNext({ command: 'insert', when: 'before' }, { command: 'update', when: 'before' }, { command: 'delete', when: 'before' })
      const first = await collection.insert(open)
      const second = await collection.replace({ ...first, state: 'closed' })
      expect(await others.get('a')).toEqual({ id: 'a', version: 2, state: 'closed' })
      await collection.remove(second)
      expect(await others.get('a')).toBeUndefined()
    })

    it('does not try again when another was faster', async () => {
      const first = await collection.insert(open)
      await others.replace({ ...first, state: 'of another' })
      proxy.cutNext({ command: 'update', when: 'before' })
      await expect(collection.replace({ ...first, state: 'closed' })).rejects.toMatchObject({ code: 'stale-version' })
      expect(sent('update')).toBe(0)
    })

    it('finds the second try when its answer is lost too', async () => {
      proxy.cutNext({ command: 'insert', when: 'before' }, { command: 'insert', when: 'after' })
      expect(await collection.insert(open)).toMatchObject({ version: 1 })
    })

    it('gives up after the second try, with nothing written', async () => {
      proxy.cutNext({ command: 'insert', when: 'before' }, { command: 'insert', when: 'before' })
      await expect(collection.insert(open)).rejects.toMatchObject({ code: 'store-unavailable' })
      expect(await others.get('a')).toBeUndefined()
    })
  })

  it('answers store-unavailable to everything when no server is there', async () => {
    const first = await collection.insert(open)
    await proxy.close()
    const unavailable = { code: 'store-unavailable' }
    await expect(collection.get('a')).rejects.toMatchObject(unavailable)
    await expect(collection.replace(first)).rejects.toMatchObject(unavailable)
    await expect(collection.insert({ ...open, id: 'b' })).rejects.toMatchObject(unavailable)
    await expect(collection.page('byState', ['open'], undefined, 5)).rejects.toMatchObject(unavailable)
    await expect(openMongoStore({ uri: proxy.uri, validate: () => undefined, primaryTimeoutMs: 100 })).rejects.toMatchObject(unavailable)
  })

  it('asks for a majority on disk in each write and read, whatever the address says', async () => {
    const weak = await openMongoStore({
      uri: `${proxy.uri}&w=1&journal=false&readConcernLevel=local`,
      databaseName: direct.connection.name,
      validate: () => undefined,
      models: sampleModels,
    })
    const weakly = weak.collection(samples)
    const first = await weakly.insert(open)
    await weakly.replace(first)
    await weakly.page('byState', ['open'], undefined, 5)
    await weakly.remove({ ...first, version: 2 })
    await weak.close()
    const writes = proxy.commands.filter((each) => 'insert' in each || 'update' in each || 'delete' in each)
    expect(writes.map(({ writeConcern }) => writeConcern)).toEqual(writes.map(() => ({ w: 'majority', j: true })))
    expect(writes).toHaveLength(3)
    expect(proxy.commands.find((each) => 'find' in each)).toMatchObject({ readConcern: { level: 'majority' } })
  })
})
