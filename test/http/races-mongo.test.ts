import { describeMongodb, dropDatabase, freshDatabaseName } from '../support/mongodb.ts'
import { racesContract } from './races.contract.ts'

describeMongodb('races, on MongoDB', (uri) => {
  const databaseName = freshDatabaseName()
  const address = new URL(uri)
  address.pathname = `/${databaseName}`
  racesContract(() => address.href)
  afterAll(() => dropDatabase(uri, databaseName))
})
