import type { DatabaseSyncInstance } from '@photostructure/sqlite'
import { storeError } from './sqlite-error.ts'

/** Runs writes so that all of one event-loop turn share one transaction, and so one fsync. */
export interface GroupCommit {
  /**
   * Queues a write of one statement. Resolves with its result after COMMIT. If it throws, it alone is rejected, also after COMMIT;
   * if the transaction fails, every write of the group is.
   */
  write<R>(statement: () => R): Promise<R>
  /** Commits what is queued now. */
  flush(): void
}

interface QueuedWrite {
  /** Runs the statement, and returns how to tell its caller once the group is on disk. */
  readonly run: () => () => void
  readonly reject: (reason: unknown) => void
}

/** Group commit on one connection. Between two flushes no transaction is open, so reads see committed documents only. */
export function groupCommit(database: DatabaseSyncInstance): GroupCommit {
  let queue: QueuedWrite[] = []
  const flush = () => {
    const group = queue
    queue = []
    if (group.length > 0) commitGroup(database, group)
  }
  return {
    flush,
    write: (statement) =>
      new Promise((resolve, reject) => {
        if (queue.length === 0) setImmediate(flush)
        queue.push({ reject, run: () => runAlone(database, statement, resolve, reject) })
      }),
  }
}

function commitGroup(database: DatabaseSyncInstance, group: readonly QueuedWrite[]): void {
  try {
    database.exec('BEGIN IMMEDIATE')
    const answers = group.map((write) => write.run())
    database.exec('COMMIT')
    for (const answer of answers) answer()
  } catch (error) {
    rollBack(database)
    for (const write of group) write.reject(storeError(error))
  }
}

/** SQLite undoes a failed statement by itself. Only when it has ended the whole transaction (a full disk, say) does the group fail. */
function runAlone<R>(database: DatabaseSyncInstance, statement: () => R, resolve: (result: R) => void, reject: (reason: unknown) => void): () => void {
  try {
    const result = statement()
    return () => resolve(result)
  } catch (error) {
    if (!database.isTransaction) throw error
    return () => reject(storeError(error))
  }
}

function rollBack(database: DatabaseSyncInstance): void {
  if (database.isOpen && database.isTransaction) database.exec('ROLLBACK')
}
