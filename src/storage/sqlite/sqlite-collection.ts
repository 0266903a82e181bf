import type { DatabaseSyncInstance, StatementSyncInstance } from '@photostructure/sqlite'
import { AuthorityError } from '../../shared/errors.ts'
import type { Collection, CollectionDefinition, Stored } from '../collection.ts'
import { pageOf, planPage } from '../page-plan.ts'
import type { ValidateDocument } from '../validate-document.ts'
import type { GroupCommit } from './group-commit.ts'
import { createIndexSql, pageSql, quoted } from './page-sql.ts'
import { answering, isDuplicateId } from './sqlite-error.ts'

interface Deps {
  readonly database: DatabaseSyncInstance
  readonly commits: GroupCommit
  readonly validate: ValidateDocument
}

type Statements = ReturnType<typeof prepareStatements>

/** One collection as one STRICT table: the id, the version, and the whole document as JSON. */
export function sqliteCollection<T extends Stored>({ database, commits, validate }: Deps, definition: CollectionDefinition<T>): Collection<T> {
  createTable(database, definition)
  const statements = prepareStatements(database, definition.name)
  const prepare = statementCache(database)
  const bodyOf = (document: T) => {
    validate(definition.schema, document)
    return JSON.stringify(document)
  }

  return {
    name: definition.name,

    get: (id) =>
      answering(() => {
        const row: unknown = statements.select.get(id)
        return row === undefined ? undefined : (toDocument(row) as T)
      }),

    insert: async (document) => {
      const first = { ...document, version: 1 } as unknown as T
      const body = bodyOf(first)
      await commits.write(() => insertRow(statements, first.id, body))
      return first
    },

    replace: async (document) => {
      const next = { ...document, version: document.version + 1 }
      const body = bodyOf(next)
      await commits.write(() => replaceRow(statements, next, body))
      return next
    },

    remove: ({ id, version }) => commits.write(() => removeRow(statements, id, version)),

    page: (index, equal, cursor, limit) =>
      answering(() => {
        const plan = planPage(definition, { index, equal, cursor, limit })
        const { text, values } = pageSql(definition.name, plan)
        const rows = prepare(text).all(...values)
        return pageOf(plan, rows.map((row) => toDocument(row) as T)) // prettier-ignore
      }),
  }
}

function createTable<T extends Stored>(database: DatabaseSyncInstance, { name, indexes }: CollectionDefinition<T>): void {
  database.exec(`CREATE TABLE IF NOT EXISTS ${quoted(name)} (id TEXT PRIMARY KEY, version INTEGER NOT NULL, body TEXT NOT NULL) STRICT`)
  for (const [index, fields] of Object.entries(indexes)) database.exec(createIndexSql(name, index, fields))
}

function prepareStatements(database: DatabaseSyncInstance, name: string) {
  const table = quoted(name)
  return {
    select: database.prepare(`SELECT body FROM ${table} WHERE id = ?`),
    insert: database.prepare(`INSERT INTO ${table} (id, version, body) VALUES (?, 1, ?)`),
    replace: database.prepare(`UPDATE ${table} SET version = version + 1, body = ? WHERE id = ? AND version = ?`),
    remove: database.prepare(`DELETE FROM ${table} WHERE id = ? AND version = ?`),
  }
}

function insertRow({ insert }: Statements, id: string, body: string): void {
  try {
    insert.run(id, body)
  } catch (error) {
    throw isDuplicateId(error) ? new AuthorityError('id-taken', 'A document with this id is there already.') : error
  }
}

function replaceRow({ replace }: Statements, next: Stored, body: string): void {
  if (replace.run(body, next.id, next.version - 1).changes === 0) throw stale()
}

function removeRow({ remove, select }: Statements, id: string, version: number): void {
  if (remove.run(id, version).changes === 0 && select.get(id) !== undefined) throw stale()
}

function stale(): AuthorityError {
  return new AuthorityError('stale-version', 'The document has another version, or is gone.')
}

function statementCache(database: DatabaseSyncInstance) {
  const statements = new Map<string, StatementSyncInstance>()
  return (text: string) => {
    const statement = statements.get(text) ?? database.prepare(text)
    statements.set(text, statement)
    return statement
  }
}

function toDocument(row: unknown): Stored {
  return JSON.parse((row as { readonly body: string }).body) as Stored
}
