import { DatabaseSync } from '@photostructure/sqlite'
import type { DatabaseSyncInstance } from '@photostructure/sqlite'
import { groupCommit } from '../../../../src/storage/sqlite/group-commit.ts'

describe('group commit', () => {
  let database: DatabaseSyncInstance
  const count = () => (database.prepare('SELECT count(*) AS n FROM t').get() as { n: number }).n
  const insert = (body: string) => database.prepare('INSERT INTO t (body) VALUES (?)').run(body).changes

  beforeEach(() => {
    database = new DatabaseSync(':memory:')
    database.exec('CREATE TABLE t (body TEXT NOT NULL) STRICT')
  })
  afterEach(() => database.close())

  it('rejects every write of a group whose transaction fails, and keeps none', async () => {
    const commits = groupCommit(database)
    const endTransaction = () => {
      database.exec('ROLLBACK')
      throw Object.assign(new Error('disk full'), { errcode: 13 })
    }
    const outcomes = await Promise.allSettled([commits.write(() => insert('a')), commits.write(endTransaction), commits.write(() => insert('b'))])
    expect(outcomes.map((outcome) => outcome.status === 'rejected' && (outcome.reason as { code: string }).code)).toEqual(Array(3).fill('store-unavailable'))
    expect(count()).toBe(0)
  })

  it('rejects a write that fails alone, and commits the others', async () => {
    const commits = groupCommit(database)
    const broken = new Error('a bug')
    const fails = commits.write(() => {
      throw broken
    })
    const outcomes = await Promise.allSettled([commits.write(() => insert('a')), fails, commits.write(() => insert('b'))])
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    await expect(fails).rejects.toBe(broken)
    expect(count()).toBe(2)
  })

  it('answers store-unavailable when the disk is full, and works again when there is room', async () => {
    const commits = groupCommit(database)
    database.exec('PRAGMA max_page_count = 4')
    await expect(commits.write(() => insert('x'.repeat(100_000)))).rejects.toMatchObject({ code: 'store-unavailable' })
    database.exec('PRAGMA max_page_count = 1000')
    await expect(commits.write(() => insert('x'.repeat(100_000)))).resolves.toBe(1)
    expect(count()).toBe(1)
  })

  it('leaves no transaction open between turns', async () => {
    const commits = groupCommit(database)
    await commits.write(() => insert('a'))
    expect(database.isTransaction).toBe(false)
  })
})
