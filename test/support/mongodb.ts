import { randomUUID } from 'node:crypto'
import mongoose from 'mongoose'

/** The address of the run's MongoDB, without a database; undefined where the run has none (the run's end says so loudly). */
export function testMongodbUri(): string | undefined {
  return process.env['VOUCHSAFE_TEST_MONGODB_URI']
}

/** Defines a suite that needs MongoDB: it gets the address. Where there is none, it does not run. */
export function describeMongodb(name: string, suite: (uri: string) => void): void {
  const uri = testMongodbUri()
  if (uri === undefined) describe.skip(name, () => it('needs MongoDB', () => undefined))
  else describe(name, () => suite(uri))
}

/** A database name that no other suite uses. */
export function freshDatabaseName(): string {
  return `vouchsafe-test-${randomUUID()}`
}

/** Removes a database of a suite. */
export async function dropDatabase(uri: string, databaseName: string): Promise<void> {
  const connection = await mongoose.createConnection(uri, { dbName: databaseName }).asPromise()
  await connection.dropDatabase()
  await connection.close()
}
