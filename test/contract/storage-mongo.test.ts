import { openMongoStore } from '../../src/storage/mongo/open-mongo-store.ts'
import { describeMongodb, dropDatabase, freshDatabaseName } from '../support/mongodb.ts'
import { sampleModels } from '../support/sample-records.ts'
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
