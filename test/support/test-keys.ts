import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Keys, openKeys } from '../../src/authority/keys/index.ts'

/** The issuer of keys that tests generate. */
export const testIssuer = 'http://localhost:8080'

/** Fresh keys of a test authority; nothing of them stays on disk. */
export async function openTestKeys(nowSeconds: number): Promise<Keys> {
  const directory = mkdtempSync(join(tmpdir(), 'vouchsafe-keys-'))
  try {
    const origins = [testIssuer]
    const clock = { nowSeconds: () => nowSeconds }
    return await openKeys({ directory, secret: undefined, issuer: testIssuer, environment: 'test', rpId: 'localhost', origins, rosterDelaySeconds: 0, clock })
  } finally {
    rmSync(directory, { recursive: true })
  }
}
