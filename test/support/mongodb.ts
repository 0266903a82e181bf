import { startTestMongodb, type TestMongodb } from './mongodb-server.ts'
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

/**
 * A server for a suite that cuts connections. The test server may spin on a connection that was cut, and then answers nobody;
 * so it gets one of its own, which goes with the suite. An address that was given from outside is used as it is.
 */
export async function serverForCutting(uri: string): Promise<TestMongodb> {
  return process.env['VOUCHSAFE_TEST_MONGODB_IS_OURS'] === '1' ? startTestMongodb() : { uri, stop: () => Promise.resolve() }
}
