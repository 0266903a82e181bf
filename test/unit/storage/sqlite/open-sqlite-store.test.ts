import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from '@photostructure/sqlite'
import { createIndexSql, pageSql } from '../../../../src/storage/sqlite/page-sql.ts'
import { planPage } from '../../../../src/storage/page-plan.ts'
import { openSqliteStore } from '../../../../src/storage/sqlite/open-sqlite-store.ts'
import { samples } from '../../../support/sample-records.ts'

const unavailable = { code: 'store-unavailable' }

describe('SQLite store', () => {
  let directory: string
  let path: string
  const open = () => openSqliteStore({ path, validate: () => undefined, busyTimeoutMs: 1 })

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'vouchsafe-sqlite-'))
    path = join(directory, 'data', 'store.db')
  })
  afterEach(() => rmSync(directory, { recursive: true }))

  it('makes its files readable by their owner alone', async () => {
    const store = open()
    await store.collection(samples).insert({ id: 'a', state: 'open' })
    for (const file of [path, `${path}-wal`, `${path}-shm`]) expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(statSync(join(directory, 'data')).mode & 0o777).toBe(0o700)
    await store.close()
  })

  it('answers store-unavailable while another process holds the lock, and writes when it is free', async () => {
    const store = open()
    const collection = store.collection(samples)
    const other = new DatabaseSync(path)
    other.exec('BEGIN IMMEDIATE')
    await expect(collection.insert({ id: 'a', state: 'open' })).rejects.toMatchObject(unavailable)
    expect(await collection.get('a')).toBeUndefined()
    other.exec('ROLLBACK')
    other.close()
    await expect(collection.insert({ id: 'a', state: 'open' })).resolves.toMatchObject({ version: 1 })
    await store.close()
  })

  it('answers store-unavailable when the file cannot be opened', () => {
    expect(() => openSqliteStore({ path: directory, validate: () => undefined })).toThrow(expect.objectContaining(unavailable))
  })

  it('commits all writes of one turn together, and resolves none before', async () => {
    const store = open()
    const collection = store.collection(samples)
    const other = new DatabaseSync(path)
    const commits = () => (other.prepare('PRAGMA data_version').get() as { data_version: number }).data_version
    const before = commits()
    await Promise.all(Array.from({ length: 100 }, (_, at) => collection.insert({ id: `w${at}`, state: 'open' })))
    const first = commits()
    await collection.insert({ id: 'later', state: 'open' })
    expect([first - before, commits() - first]).toEqual([1, 1])
    other.close()
    await store.close()
  })

  it('has on disk what it acknowledged: another connection sees each write when its promise resolves', async () => {
    const store = open()
    const collection = store.collection(samples)
    const other = new DatabaseSync(path)
    const seen = await Promise.all(
      ['a', 'b', 'c'].map(async (id) => {
        await collection.insert({ id, state: 'open' })
        return other.prepare('SELECT id FROM samples WHERE id = ?').get(id) !== undefined
      }),
    )
    expect(seen).toEqual([true, true, true])
    other.close()
    await store.close()
  })

  it('serves each page from an index, without sorting', () => {
    const database = new DatabaseSync(':memory:')
    database.exec('CREATE TABLE samples (id TEXT PRIMARY KEY, version INTEGER NOT NULL, body TEXT NOT NULL) STRICT')
    database.exec(createIndexSql('samples', 'byStateAndDue', ['state', 'dueSeconds']))
    const cursor = Buffer.from('[["dueSeconds"],[7],"a"]').toString('base64url')
    for (const place of [undefined, cursor]) {
      const { text, values } = pageSql('samples', planPage(samples, { index: 'byStateAndDue', equal: ['open'], cursor: place, limit: 5 }))
      const steps = (database.prepare(`EXPLAIN QUERY PLAN ${text}`).all(...values) as { detail: string }[]).map(({ detail }) => detail)
      expect(steps).toEqual([expect.stringMatching(/^SEARCH samples USING INDEX/)])
    }
    database.close()
  })
})
