import mongoose from 'mongoose'
import { AuthorityError } from '../../shared/errors.ts'

const { MongoServerError, MongoWriteConcernError } = mongoose.mongo

/** Server codes of a node that is not primary, is shutting down, or did not get the write to a majority in time. */
const troubleCodes: ReadonlySet<unknown> = new Set([6, 7, 64, 89, 91, 189, 262, 9001, 10107, 11600, 11602, 13435, 13436])

/** Client-side errors that mean: no answer came. */
const troubleNames: ReadonlySet<string> = new Set([
  'MongoNetworkError',
  'MongoNetworkTimeoutError',
  'MongoServerSelectionError',
  'MongooseServerSelectionError',
  'MongoNotConnectedError',
  'MongoClientClosedError',
  'MongoTopologyClosedError',
  'MongoPoolClearedError',
  'MongoPoolClosedError',
  'PoolClearedOnNetworkError',
  'MongoWaitQueueTimeoutError',
  'MongoOperationTimeoutError',
  'MongoExpiredSessionError',
])

/** Whether no usable answer came, so that a write may or may not have taken place. */
export function isAnswerLost(error: unknown): boolean {
  if (error instanceof MongoWriteConcernError) return true
  if (error instanceof MongoServerError) return troubleCodes.has(error.code)
  return error instanceof Error && troubleNames.has(error.name)
}

/** Whether an insertion failed because its `_id` is there already. */
export function isDuplicateId(error: unknown): boolean {
  return error instanceof MongoServerError && error.code === 11000
}

/** Turns trouble of the server or the network into `store-unavailable` and hands anything else back unchanged. */
export function storeError(error: unknown): unknown {
  return isAnswerLost(error) ? unavailable() : error
}

/** The expected failure of every operation on a store that does not answer. */
export function unavailable(): AuthorityError {
  return new AuthorityError('store-unavailable', 'The database does not answer, or not surely.')
}

/** Runs an operation whose trouble becomes `store-unavailable`. */
export async function answering<R>(operation: () => Promise<R>): Promise<R> {
  try {
    return await operation()
  } catch (error) {
    throw storeError(error)
  }
}
