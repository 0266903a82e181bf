/** What every stored document has: an id, unique in its collection, and a version that counts its changes from 1. */
export interface Stored {
  readonly id: string
  readonly version: number
}

/** A place in an index: the last document that a page gave. Opaque to callers. */
export type Cursor = string

/** One page of documents in index order; `next` is absent on the last page. */
export interface Page<T> {
  readonly data: readonly T[]
  readonly next?: Cursor
}

/**
 * A typed collection of documents. Only `id` is unique; any other uniqueness is a *claim*, a document whose id is the value.
 * There are no transactions, so the same code runs on SQLite, on a MongoDB replica set and on shards.
 * Every promise may reject with `store-unavailable`; then it is unknown whether the change took place.
 */
export interface Collection<T extends Stored> {
  /** The collection's name, as the log writes it. */
  readonly name: string
  /** The document as last acknowledged, or undefined. */
  get(id: string): Promise<T | undefined>
  /** Stores a new document as version 1. Atomic; durable when it resolves. Rejects with `id-taken`. */
  insert(document: Omit<T, 'version'>): Promise<T>
  /** Stores `next` as `next.version + 1` if the stored version is `next.version`. Atomic; durable when it resolves. Rejects with `stale-version`. */
  replace(next: T): Promise<T>
  /** Removes the document if the stored version is `document.version`. Durable when it resolves. Rejects with `stale-version`; removing what is gone is no error. */
  remove(document: T): Promise<void>
  /**
   * Documents whose first fields of the named index equal `equal`, in index order, then by id; at most `limit`.
   * A document that stays in place while paging is met exactly once, whatever is inserted meanwhile.
   */
  page(index: string, equal: readonly string[], cursor: Cursor | undefined, limit: number): Promise<Page<T>>
}

/**
 * What a collection is: its name, the schema that its documents must satisfy, and its indexes.
 * An index names top-level string or integer fields, compared in their natural order (strings by code point); documents that lack its first field are not in it.
 */
export interface CollectionDefinition<T extends Stored> {
  readonly name: string
  readonly schema: string
  readonly indexes: Readonly<Record<string, readonly (keyof T & string)[]>>
}

/** Opens collections; one adapter a kind of store. `close` waits for writes under way. */
export interface DocumentStore {
  collection<T extends Stored>(definition: CollectionDefinition<T>): Collection<T>
  close(): Promise<void>
}

/** All documents of a page query, page after page, as they are when each page is read. */
export async function* everyDocument<T extends Stored>(collection: Collection<T>, index: string, equal: readonly string[]): AsyncGenerator<T> {
  let cursor: Cursor | undefined
  do {
    const page: Page<T> = await collection.page(index, equal, cursor, 100)
    yield* page.data
    cursor = page.next
  } while (cursor !== undefined)
}
