import { fromBase64url, toBase64url } from '../shared/base64url.ts'
import { AuthorityError } from '../shared/errors.ts'
import type { CollectionDefinition, Cursor, Page, Stored } from './collection.ts'

/** The value of an index field; null where a document lacks it, which sorts first. */
export type IndexValue = string | number | null

/** A place in an index: the values of the fields that order the page, then the id that tells equal ones apart. */
export interface Place {
  readonly values: readonly IndexValue[]
  readonly id: string
}

/** A page query, checked and taken apart; both adapters turn it into their own query language. */
export interface PagePlan {
  /** The index's first field. Documents that lack it are not in the index. */
  readonly presentField: string
  /** Fields that must equal the value beside them. */
  readonly equal: readonly (readonly [field: string, value: string])[]
  /** The index's other fields, in order: they order the page, then the id does. */
  readonly orderFields: readonly string[]
  /** Only documents behind this place. */
  readonly after: Place | undefined
  readonly limit: number
}

/** The arguments of `Collection.page`, by name. */
export interface PageRequest {
  readonly index: string
  readonly equal: readonly string[]
  readonly cursor: Cursor | undefined
  readonly limit: number
}

/**
 * Checks a page query against the collection's definition.
 * @throws {AuthorityError} `invalid-request` if the cursor is not one that `pageOf` made for this index. Other faults are bugs of the caller.
 */
export function planPage<T extends Stored>(definition: CollectionDefinition<T>, { index, equal, cursor, limit }: PageRequest): PagePlan {
  const fields: readonly string[] | undefined = definition.indexes[index]
  const presentField = fields?.[0]
  if (fields === undefined || presentField === undefined) throw new Error(`The collection ${definition.name} has no index ${index}.`)
  if (equal.length > fields.length) throw new Error(`The index ${index} of ${definition.name} has fewer fields than values were given.`)
  if (!Number.isInteger(limit) || limit < 1) throw new Error('A page holds at least one document.')
  const orderFields = fields.slice(equal.length)
  return {
    presentField,
    equal: fields.slice(0, equal.length).map((field, at) => [field, equal[at] ?? ''] as const),
    orderFields,
    after: cursor === undefined ? undefined : readCursor(cursor, orderFields),
    limit,
  }
}

/** Makes the page from up to `limit + 1` documents in index order; the one too many only tells that there is more. */
export function pageOf<T extends Stored>(plan: PagePlan, found: readonly T[]): Page<T> {
  const data = found.slice(0, plan.limit)
  const last = data.at(-1)
  return found.length > plan.limit && last !== undefined ? { data, next: writeCursor(plan.orderFields, last) } : { data }
}

function writeCursor(orderFields: readonly string[], last: Stored): Cursor {
  const fields = last as unknown as Readonly<Record<string, IndexValue | undefined>>
  const place = [orderFields, orderFields.map((field) => fields[field] ?? null), last.id]
  return toBase64url(new TextEncoder().encode(JSON.stringify(place)))
}

/** The cursor names its fields, so that one of another index is refused instead of misread. */
function readCursor(cursor: Cursor, orderFields: readonly string[]): Place {
  const place = parseCursor(cursor)
  if (!Array.isArray(place) || place.length !== 3) throw badCursor()
  const [fields, values, id] = place as readonly unknown[]
  if (JSON.stringify(fields) !== JSON.stringify(orderFields) || typeof id !== 'string') throw badCursor()
  if (!Array.isArray(values) || values.length !== orderFields.length || !values.every(isIndexValue)) throw badCursor()
  return { values, id }
}

function parseCursor(cursor: Cursor): unknown {
  const bytes = fromBase64url(cursor)
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    throw badCursor()
  }
}

function isIndexValue(value: unknown): value is IndexValue {
  return value === null || typeof value === 'string' || Number.isSafeInteger(value)
}

function badCursor(): AuthorityError {
  return new AuthorityError('invalid-request', 'This cursor does not belong to this list.')
}
