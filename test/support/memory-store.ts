import { assertValid } from '../../src/shared/validate.ts'
import type { SchemaName } from '../../src/shared/contract/types.ts'
import type { DocumentStore } from '../../src/storage/collection.ts'
import { openSqliteStore } from '../../src/storage/sqlite/open-sqlite-store.ts'

/** A real store that lives in memory and dies with the test; documents are held to the schemas of the contract. */
export function openMemoryStore(): DocumentStore {
  return openSqliteStore({ path: ':memory:', validate: (schema, document) => assertValid(schema as SchemaName, document) })
}
