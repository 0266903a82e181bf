import { DatabaseSync } from '@photostructure/sqlite'
import type { DatabaseSyncInstance } from '@photostructure/sqlite'
import { closeSync, mkdirSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import type { DocumentStore } from '../collection.ts'
import type { ValidateDocument } from '../validate-document.ts'
import { groupCommit } from './group-commit.ts'
import { sqliteCollection } from './sqlite-collection.ts'
import { answering, storeError } from './sqlite-error.ts'

/** What an SQLite store needs. */
export interface SqliteStoreOptions {
  /** The database file, created with mode 0600 if it is not there; `:memory:` for one that dies with the process. */
  readonly path: string
  readonly validate: ValidateDocument
  /** How long a write waits for another process, blocking this one, before it rejects with `store-unavailable`. */
  readonly busyTimeoutMs?: number
}

/**
 * Opens the embedded store, for a laptop or a small office. Several processes may share the file; one at a time writes.
 * What was acknowledged is on disk: WAL with `synchronous=FULL`, and a promise resolves only after COMMIT.
 * @throws {AuthorityError} `store-unavailable` if the file cannot be opened.
 */
export function openSqliteStore({ path, validate, busyTimeoutMs = 5000 }: SqliteStoreOptions): DocumentStore {
  const database = openDatabase(path, busyTimeoutMs)
  const commits = groupCommit(database)
  return {
    collection: (definition) => sqliteCollection({ database, commits, validate }, definition),
    close: () =>
      answering(() => {
        if (!database.isOpen) return
        commits.flush()
        database.close()
      }),
  }
}

function openDatabase(path: string, busyTimeoutMs: number): DatabaseSyncInstance {
  try {
    if (path !== ':memory:') createPrivateFile(path)
    const database = new DatabaseSync(path, { timeout: busyTimeoutMs })
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL')
    return database
  } catch (error) {
    throw storeError(error)
  }
}

/** SQLite gives its journal files the mode of the database file. */
function createPrivateFile(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  closeSync(openSync(path, 'a', 0o600))
}
