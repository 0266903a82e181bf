import type { Model } from 'mongoose'
import { isDeepStrictEqual } from 'node:util'
import { AuthorityError } from '../../shared/errors.ts'
import type { ErrorCode } from '../../shared/errors.ts'
import type { Collection, CollectionDefinition, Stored } from '../collection.ts'
import { pageOf, planPage } from '../page-plan.ts'
import type { ValidateDocument } from '../validate-document.ts'
import { answering, isDuplicateId, unavailable } from './mongo-error.ts'
import { fieldOrder, pageFilter } from './page-query.ts'
import { settleWrite } from './settled-write.ts'
import type { Outcome, SettledWrite } from './settled-write.ts'

/** A document as MongoDB keeps it: `_id` in place of `id`. */
export interface MongoRecord {
  readonly _id: string
  readonly version: number
  readonly [field: string]: unknown
}

interface Deps {
  readonly model: Model<MongoRecord>
  readonly validate: ValidateDocument
  /** Notes a write under way, so that closing can wait for it. */
  readonly track: <R>(write: Promise<R>) => Promise<R>
}

/** One collection on one mongoose model. A write whose answer is lost is read back before it is answered. */
export function mongoCollection<T extends Stored>({ model, validate, track }: Deps, definition: CollectionDefinition<T>): Collection<T> {
  const ready = once(() => createIndexes(model, definition))
  const find = async (id: string) => {
    const record = await model.findOne({ _id: { $eq: id } }).lean<MongoRecord | null>()
    return record === null ? undefined : (toDocument(record) as T)
  }
  const settle = async (write: SettledWrite, refusal: ErrorCode) => {
    const outcome = answering(async () => {
      await ready()
      return settleWrite(write)
    })
    assertWritten(await track(outcome), refusal)
  }

  return {
    name: definition.name,

    get: (id) => answering(() => find(id)),

    insert: async (document) => {
      const first = { ...document, version: 1 } as unknown as T
      validate(definition.schema, first)
      const readBack = async () => afterWrite(await find(first.id), first)
      await settle({ attempt: () => insertOnce(model, toRecord(first)), readBack }, 'id-taken')
      return first
    },

    replace: async (document) => {
      const next = { ...document, version: document.version + 1 }
      validate(definition.schema, next)
      const readBack = async () => afterWrite(await find(next.id), next)
      await settle({ attempt: () => replaceOnce(model, toRecord(next)), readBack }, 'stale-version')
      return next
    },

    remove: async ({ id, version }) => {
      const readBack = async () => afterRemoval(await find(id), version)
      const attempt = async () => ((await removeOnce(model, id, version)) || (await find(id)) === undefined ? 'written' : 'refused')
      await settle({ attempt, readBack }, 'stale-version')
    },

    page: async (index, equal, cursor, limit) => {
      const plan = planPage(definition, { index, equal, cursor, limit })
      await answering(ready)
      const query = model.find(pageFilter(plan)).sort(fieldOrder(plan.orderFields)).limit(limit + 1) // prettier-ignore
      const found = await answering(() => query.lean<MongoRecord[]>())
      return pageOf(plan, found.map((record) => toDocument(record) as T)) // prettier-ignore
    },
  }
}

async function insertOnce(model: Model<MongoRecord>, record: MongoRecord): Promise<'written' | 'refused'> {
  try {
    await model.create([record])
    return 'written'
  } catch (error) {
    if (isDuplicateId(error)) return 'refused'
    throw error
  }
}

/** The model checks the replacement as it checks an insertion: `replaceOne` alone lets unknown fields pass inside structures. */
async function replaceOnce(model: Model<MongoRecord>, next: MongoRecord): Promise<'written' | 'refused'> {
  const replacement = new model(next)
  await replacement.validate()
  const { matchedCount } = await model.replaceOne({ _id: { $eq: next._id }, version: next.version - 1 }, replacement.toObject())
  return matchedCount === 1 ? 'written' : 'refused'
}

async function removeOnce(model: Model<MongoRecord>, id: string, version: number): Promise<boolean> {
  const { deletedCount } = await model.deleteOne({ _id: { $eq: id }, version })
  return deletedCount === 1
}

/** What the stored document says about a write of `wanted`. A later version may stand on ours or on another's: nobody can tell. */
function afterWrite<T extends Stored>(stored: T | undefined, wanted: T): Outcome {
  const storedVersion = stored?.version ?? 0
  if (storedVersion === wanted.version - 1) return 'untouched'
  if (storedVersion !== wanted.version) return 'unknown'
  return isDeepStrictEqual(stored, JSON.parse(JSON.stringify(wanted))) ? 'written' : 'refused'
}

function afterRemoval(stored: Stored | undefined, version: number): Outcome {
  if (stored === undefined) return 'written'
  return stored.version === version ? 'untouched' : 'refused'
}

function assertWritten(outcome: Outcome, refusal: ErrorCode): void {
  if (outcome === 'refused') throw new AuthorityError(refusal, 'Another write was first.')
  if (outcome !== 'written') throw unavailable()
}

async function createIndexes<T extends Stored>(model: Model<MongoRecord>, { indexes }: CollectionDefinition<T>): Promise<void> {
  const descriptions = Object.entries(indexes).map(([index, fields]) => ({ name: `${index} (${fields.join(', ')})`, key: fieldOrder(fields) }))
  if (descriptions.length > 0) await model.collection.createIndexes(descriptions)
}

/** Runs a task once; a failed one is run again by the next caller. */
function once(task: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined
  return () => {
    running ??= task().catch((error: unknown) => {
      running = undefined
      throw error
    })
    return running
  }
}

function toRecord({ id, ...fields }: Stored): MongoRecord {
  return { _id: id, ...fields }
}

function toDocument({ _id, ...fields }: MongoRecord): Stored {
  return { id: _id, ...fields }
}
