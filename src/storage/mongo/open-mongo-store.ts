import mongoose from 'mongoose'
import type { Connection, ConnectOptions } from 'mongoose'
import type { CollectionDefinition, DocumentStore, Stored } from '../collection.ts'
import type { ValidateDocument } from '../validate-document.ts'
import { recordSchemas } from './models/index.ts'
import type { RecordSchemas } from './models/record-schema.ts'
import { mongoCollection } from './mongo-collection.ts'
import type { MongoRecord } from './mongo-collection.ts'
import { answering } from './mongo-error.ts'

/** What a MongoDB store needs. */
export interface MongoStoreOptions {
  /** A `mongodb://` or `mongodb+srv://` address; may hold credentials, so it is never logged. */
  readonly uri: string
  /** Wins over the address's own database. */
  readonly databaseName?: string
  readonly validate: ValidateDocument
  /** How long an operation looks for a primary before it rejects with `store-unavailable`. */
  readonly primaryTimeoutMs?: number
  /** The models; tests bring their own. */
  readonly models?: RecordSchemas
}

/** A document store that also lends its connection, for sealed files in GridFS. */
export interface MongoStore extends DocumentStore {
  readonly connection: Connection
}

/**
 * What an acknowledgement means, whatever the address says: on disk at a majority of the nodes, and read back from there.
 * The driver's own retries are off: only we can tell a lost answer from a lost write (see `settleWrite`).
 */
const durable: ConnectOptions = {
  writeConcern: { w: 'majority', journal: true },
  readConcern: { level: 'majority' },
  readPreference: 'primary',
  retryWrites: false,
  retryReads: true,
  ignoreUndefined: true,
  bufferCommands: false,
  socketTimeoutMS: 30_000,
  autoIndex: false,
  autoCreate: false,
}

/**
 * Opens the production store, on a connection of its own.
 * @throws {AuthorityError} `store-unavailable` if no primary answers.
 */
export async function openMongoStore({ uri, databaseName, validate, primaryTimeoutMs = 5000, models = recordSchemas }: MongoStoreOptions): Promise<MongoStore> {
  const options = { ...durable, serverSelectionTimeoutMS: primaryTimeoutMs, ...(databaseName === undefined ? {} : { dbName: databaseName }) }
  const connection = await answering(() => mongoose.createConnection(withoutOtherPromises(uri), options).asPromise())
  const { track, settled } = underWay()
  return {
    connection,
    collection: <T extends Stored>(definition: CollectionDefinition<T>) =>
      mongoCollection({ model: modelOf(connection, models, definition.name), validate, track }, definition),
    close: async () => {
      await settled()
      await connection.close()
    },
  }
}

/** The driver lets some of an address's settings win over ours: those about durability are taken out of it. */
function withoutOtherPromises(uri: string): string {
  return uri.replace(/(?<=[?&])(w|j|journal|fsync|wtimeout|wtimeoutMS|readConcernLevel|readPreference|retryWrites)=[^&]*(&|$)/gi, '')
}

/** Counts promises that have not settled: the driver's own `close` would cut them off. */
function underWay() {
  const pending = new Set<Promise<unknown>>()
  return {
    track: <R>(write: Promise<R>): Promise<R> => {
      pending.add(write)
      return write.finally(() => pending.delete(write))
    },
    settled: () => Promise.allSettled(pending),
  }
}

function modelOf(connection: Connection, models: RecordSchemas, name: string): mongoose.Model<MongoRecord> {
  const schema = models[name]
  if (schema === undefined) throw new Error(`There is no model for the collection ${name}.`)
  return (connection.models[name] as mongoose.Model<MongoRecord> | undefined) ?? connection.model<MongoRecord>(name, schema, name)
}
