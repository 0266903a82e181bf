import { createHash } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite'
import type { TestAuthority } from './test-authority.ts'

/** Bookkeeping that goes on by itself, whatever is asked of the authority. */
const ownBusiness = ['sessions', 'sign-in-challenges', 'store-identities']

/**
 * What a refusal must leave as it was: a digest of each collection of an SQLite store, read from its file, and the names of all sealed bytes.
 * Sessions and sign-in challenges are left out.
 */
export async function stateOf({ folder, blobs }: Pick<TestAuthority, 'folder' | 'blobs'>): Promise<Readonly<Record<string, unknown>>> {
  const names: string[] = []
  for await (const name of blobs.list()) names.push(name)
  return { ...collectionsOf(folder), blobs: names.toSorted() }
}

function collectionsOf(folder: string): Readonly<Record<string, string>> {
  const file = readdirSync(join(folder, 'data')).find((name) => /\.(db|sqlite)$/.test(name)) ?? ''
  const database = new DatabaseSync(join(folder, 'data', file), { readOnly: true })
  const tables = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all() as { name: string }[]
  const digests = tables.filter(({ name }) => !ownBusiness.includes(name)).map(({ name }) => [name, digestOf(database, name)] as const)
  database.close()
  return Object.fromEntries(digests)
}

function digestOf(database: DatabaseSyncInstance, table: string): string {
  const rows = database.prepare(`SELECT * FROM "${table}" ORDER BY id`).all()
  return `${String(rows.length)} ${createHash('sha256').update(JSON.stringify(rows)).digest('hex')}`
}
