import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openSqliteStore } from '../../src/storage/sqlite/open-sqlite-store.ts'
import { storageContract } from './storage.contract.ts'

describe('SQLite store', () => {
  storageContract(async () => {
    const directory = mkdtempSync(join(tmpdir(), 'vouchsafe-sqlite-'))
    return {
      open: async (validate) => openSqliteStore({ path: join(directory, 'store.db'), validate }),
      destroy: async () => rmSync(directory, { recursive: true }),
    }
  })
})
