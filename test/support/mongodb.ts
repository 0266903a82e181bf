import { randomUUID } from 'node:crypto'
import mongoose from 'mongoose'

/** Defines a suite that needs MongoDB: it gets the address, without a database. Where there is none, it does not run, and the run's end says so. */
export function describeMongodb(name: string, suite: (uri: string) => void): void {
  const uri = process.env['VOUCHSAFE_TEST_MONGODB_URI']
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
