import { AuthorityError } from '../../shared/errors.ts'

/** Primary result codes after which trying again later may help. @see https://www.sqlite.org/rescode.html */
const troubles: ReadonlyMap<number, string> = new Map([
  [5, 'busy'],
  [6, 'locked'],
  [8, 'read-only'],
  [10, 'input/output error'],
  [13, 'full'],
  [14, 'cannot be opened'],
  [15, 'lock protocol'],
])
const constraintUniqueId = 1555 // SQLITE_CONSTRAINT_PRIMARYKEY

/**
 * Turns trouble of the database (busy, full, broken disk, closed) into `store-unavailable` and hands anything else back unchanged.
 * Goes by number and not by class: where modules are loaded twice, the library's errors are not `instanceof Error`.
 */
export function storeError(error: unknown): unknown {
  const trouble = isClosed(error) ? 'closed' : isOfFileSystem(error) ? 'no file' : troubles.get(resultCode(error) & 0xff)
  return trouble === undefined ? error : new AuthorityError('store-unavailable', `The database does not take this now: ${trouble}.`)
}

/** Runs a synchronous operation of the library as a promise, with trouble told as `store-unavailable`. */
export async function answering<R>(operation: () => R): Promise<R> {
  try {
    return await Promise.resolve(operation())
  } catch (error) {
    throw storeError(error)
  }
}

/** Whether an insertion failed because its primary key is there already. */
export function isDuplicateId(error: unknown): boolean {
  return resultCode(error) === constraintUniqueId
}

function resultCode(error: unknown): number {
  return (error as { readonly errcode?: number } | undefined)?.errcode ?? 0
}

function isClosed(error: unknown): boolean {
  return (error as { readonly code?: string } | undefined)?.code === 'ERR_INVALID_STATE'
}

function isOfFileSystem(error: unknown): boolean {
  return (error as { readonly syscall?: string } | undefined)?.syscall !== undefined
}
