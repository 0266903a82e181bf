import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import type { OperatorFile } from '../../src/authority/keys/index.ts'
import { type Authority, type Replaceable, startAuthority } from '../../src/compose.ts'
import { loadConfig } from '../../src/config/load-config.ts'

/** A running authority of a test, in a folder of its own that goes with it. */
export interface TestAuthority extends Authority {
  readonly folder: string
  /** The demo operator's passkey. */
  readonly operator: OperatorFile
}

/** Starts a whole authority on free ports of this machine. @param store a `mongodb://` address; a fresh SQLite file unless given. */
export async function startTestAuthority(options: Replaceable & { readonly store?: string } = {}): Promise<TestAuthority> {
  const folder = mkdtempSync(join(tmpdir(), 'vouchsafe-test-'))
  const [port, adminPort, icoPort] = await freePorts(3)
  const loaded = await loadConfig({
    VOUCHSAFE_PORT: String(port),
    VOUCHSAFE_ADMIN_PORT: String(adminPort),
    VOUCHSAFE_ICO_PORT: String(icoPort),
    VOUCHSAFE_DATA: join(folder, 'data'),
    VOUCHSAFE_KEYS: join(folder, 'keys'),
    ...(options.store && { VOUCHSAFE_STORE: options.store }),
  })
  const authority = await startAuthority(loaded, { logger: pino({ level: 'silent' }), checkReplies: true, ...options })
  const operator = JSON.parse(readFileSync(join(folder, 'keys/operators/operator-1.json'), 'utf8')) as OperatorFile
  const close = async (): Promise<void> => {
    await authority.close()
    rmSync(folder, { recursive: true, force: true })
  }
  return { ...authority, folder, operator, close }
}

/** Ports that were free a moment ago. */
export async function freePorts(count: number): Promise<readonly number[]> {
  const servers = await Promise.all(Array.from({ length: count }, listening))
  const ports = servers.map((server) => (server.address() as AddressInfo).port)
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
  return ports
}

function listening(): Promise<ReturnType<typeof createServer>> {
  return new Promise((resolve) => {
    const server = createServer()
    server.listen(0, '127.0.0.1', () => resolve(server))
  })
}
