import { createWriteStream } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { type Authority, startAuthority } from '../../compose.ts'
import type { CliContext } from '../context.ts'
import { createTerminal, type Terminal, wiretapped } from './terminal.ts'

/** Where the story plays: an authority of its own on free ports, in a folder of its own. */
export interface Stage {
  readonly authority: Authority
  readonly icoUrl: string
  readonly folder: string
  /** The authority's own data: database and sealed files. */
  readonly authorityFolder: string
  /** What the authority logged, and all that went over the wire. */
  readonly capturedFolder: string
  /** Copies of the pictures that reviewers opened, to look for afterwards. */
  readonly picturesFolder: string
  readonly store: string
  readonly terminal: Terminal
  /** A fetch that is not wiretapped, for the person who watches the demo. */
  readonly fetch: typeof fetch
  /** Lines that the authority has logged so far. */
  readonly logLines: () => Promise<readonly string[]>
  readonly close: () => Promise<void>
}

/** What a chapter with no attack in it needs of the stage: any running authority will do. */
export type Scene = Pick<Stage, 'authority' | 'icoUrl' | 'terminal' | 'fetch'> & Partial<Pick<Stage, 'picturesFolder'>>

const demoWorkFactor = 14

/**
 * Sets the stage: keys, store, authority and demo site, and a terminal for all the people.
 * @param store `sqlite` or a `mongodb://` address.
 */
export async function setStage(context: CliContext, store: string): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), 'vouchsafe-demo-'))
  const authorityFolder = join(folder, 'authority')
  const capturedFolder = join(folder, 'captured')
  const picturesFolder = join(folder, 'pictures')
  for (const path of [authorityFolder, capturedFolder, picturesFolder]) await mkdir(path, { mode: 0o700 })
  const logPath = join(capturedFolder, 'authority.log')
  const logStream = createWriteStream(logPath)
  const authority = await startAuthority(await settings(folder, authorityFolder, store), { logger: pino({ level: 'info' }, logStream) })
  return {
    ...{ authority, folder, authorityFolder, capturedFolder, picturesFolder, store },
    icoUrl: authority.icoUrl ?? '',
    terminal: createTerminal(demoContext(context, { folder, issuer: authority.issuer, wire: join(capturedFolder, 'wire') })),
    fetch: context.fetch,
    logLines: async () => (await readFile(logPath, 'utf8')).split('\n').filter((line) => line !== ''),
    close: async () => {
      await authority.close()
      logStream.end()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

function demoContext(context: CliContext, { folder, issuer, wire }: { readonly folder: string; readonly issuer: string; readonly wire: string }): CliContext {
  const env = { VOUCHSAFE_DATA: join(folder, 'devices'), VOUCHSAFE_KEYS: join(folder, 'keys'), VOUCHSAFE_ISSUER: issuer }
  return { ...context, env, cwd: folder, ask: undefined, fetch: wiretapped(context.fetch, wire), workFactor: demoWorkFactor }
}

async function settings(folder: string, dataFolder: string, store: string): Promise<Parameters<typeof startAuthority>[0]> {
  const port = await freePort()
  const isMongo = store.startsWith('mongodb')
  return {
    config: {
      environment: 'test',
      port,
      adminPort: 0,
      icoPort: 0,
      issuer: `http://localhost:${port}`,
      dataFolder,
      keysFolder: join(folder, 'keys'),
      rosterDelaySeconds: 0,
      logLevel: 'info',
      storeKind: isMongo ? 'mongodb' : 'sqlite',
    },
    secrets: { storeAddress: isMongo ? store : join(dataFolder, 'vouchsafe.sqlite') },
  }
}

/** A port that was free a moment ago. The issuer's name holds its port, so it must be known before listening. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(0, 'localhost', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' ? (address?.port ?? 0) : 0))
    })
  })
}
