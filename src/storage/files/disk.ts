import { AuthorityError } from '../../shared/errors.ts'

/** Whether a file is simply not there. */
export function isMissing(error: unknown): boolean {
  return (error as { readonly code?: unknown }).code === 'ENOENT'
}

/** Runs an operation on the disk; its trouble (full, broken, read-only) becomes `store-unavailable`. */
export async function onDisk<R>(operation: () => Promise<R>): Promise<R> {
  try {
    return await operation()
  } catch (error) {
    throw diskError(error)
  }
}

/** A stream of a file, opened when it is first read, with the same translation. */
export async function* readingFromDisk(open: () => AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* open()
  } catch (error) {
    throw diskError(error)
  }
}

/** Names the kind of trouble and leaves out the path. */
function diskError(error: unknown): unknown {
  const { syscall, code } = error as { readonly syscall?: string; readonly code?: string }
  return syscall === undefined ? error : new AuthorityError('store-unavailable', `The disk does not take this now: ${code ?? 'unknown'}.`)
}
