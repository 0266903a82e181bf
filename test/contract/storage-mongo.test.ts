import { openMongoStore } from '../../src/storage/mongo/open-mongo-store.ts'
import { describeMongodb, dropDatabase, freshDatabaseName } from '../support/mongodb.ts'
import { sampleModels, samples } from '../support/sample-records.ts'
import { storageContract } from './storage.contract.ts'

describeMongodb('MongoDB store', (uri) => {
  storageContract(async () => {
    const databaseName = freshDatabaseName()
    return {
      open: (validate) => openMongoStore({ uri, databaseName, validate, models: sampleModels }),
      destroy: () => dropDatabase(uri, databaseName),
    }
  })
})

describeMongodb('MongoDB models', (uri) => {
  const databaseName = freshDatabaseName()
  afterAll(() => dropDatabase(uri, databaseName))

  it('refuse what they do not name, at any depth, even if the schema check lets it pass', async () => {
    const store = await openMongoStore({ uri, databaseName, validate: () => undefined, models: sampleModels })
    const collection = store.collection(samples)
    const first = await collection.insert({ id: 'a', state: 'open', detail: { name: 'x' } })
    const surplus = { state: 'open', detail: { name: 'x', more: 1 } }
    await expect(collection.insert({ id: 'b', ...surplus })).rejects.toThrow(/StrictModeError/)
    await expect(collection.replace({ id: 'a', version: 1, ...surplus })).rejects.toThrow(/StrictModeError/)
    expect([await collection.get('a'), await collection.get('b')]).toEqual([first, undefined])
    await store.close()
  })

  it('are asked for by name: a collection without one cannot be opened', async () => {
    const store = await openMongoStore({ uri, databaseName, validate: () => undefined })
    expect(() => store.collection({ ...samples, name: 'unheard-of' })).toThrow(/no model/)
    await store.close()
  })
})
