import { execFile, spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'

/** A MongoDB-protocol server with storage on disk, from PyPI; it runs beside the tests and is no part of the product. */
const serverPackage = 'secantusdb==0.7.0b3'
const home = resolve('.cache/mongodb-test-server')
const run = promisify(execFile)

/** A running test server. */
export interface TestMongodb {
  readonly uri: string
  stop(): Promise<void>
}

/**
 * Starts a server with an empty database on a free port; installs it first where it is not there.
 * @throws with the reason where that is not possible, such as no Python or no package registry.
 */
export async function startTestMongodb(): Promise<TestMongodb> {
  const program = await installedServer()
  const storagePath = mkdtempSync(join(tmpdir(), 'vouchsafe-mongodb-'))
  const port = await freePort()
  const server = spawnUntilWeEnd(program, ['--port', String(port), '--storage-path', storagePath, '--sync-on-commit'])
  await untilListening(server, port)
  return {
    uri: `mongodb://127.0.0.1:${port}/`,
    stop: async () => {
      await stopServer(server)
      rmSync(storagePath, { recursive: true, force: true })
    },
  }
}

/** Each run that finds none builds an environment of its own; the first one to finish gives it its name. */
async function installedServer(): Promise<string> {
  const environment = join(home, serverPackage.replace('==', '-'))
  if (!existsSync(environment)) {
    mkdirSync(home, { recursive: true })
    const built = mkdtempSync(join(home, 'build-'))
    await run('python3', ['-m', 'venv', built])
    await run(join(built, 'bin/pip'), ['install', '--quiet', '--retries', '1', '--timeout', '20', serverPackage])
    publish(built, environment)
  }
  return join(environment, 'bin/secantusd-py')
}

function publish(built: string, environment: string): void {
  try {
    symlinkSync(built, environment)
  } catch (error) {
    if (!existsSync(environment)) throw error
    rmSync(built, { recursive: true })
  }
}

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((listening) => probe.listen(0, '127.0.0.1', listening))
  const { port } = probe.address() as AddressInfo
  await new Promise((closed) => probe.close(closed))
  return port
}

/** The shell waits for the end of its input, which comes however this process ends, and takes the server with it. */
function spawnUntilWeEnd(program: string, options: readonly string[]): ChildProcess {
  return spawn('sh', ['-c', '"$0" "$@" & read -r end; kill -9 $!', program, ...options], { stdio: ['pipe', 'ignore', 'ignore'] })
}

async function untilListening(server: ChildProcess, port: number): Promise<void> {
  const deadline = Date.now() + 30_000
  while (!(await isListening(port))) {
    if (server.pid === undefined || Date.now() > deadline) {
      await stopServer(server)
      throw new Error('the test server did not start')
    }
    await delay(25)
  }
}

function isListening(port: number): Promise<boolean> {
  return new Promise((answer) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => answer(true)).once('error', () => answer(false))
    socket.once('connect', () => socket.destroy())
  })
}

async function stopServer(server: ChildProcess): Promise<void> {
  const ended = new Promise((resolveEnd) => server.once('exit', resolveEnd))
  server.stdin?.end()
  if (server.exitCode === null) await ended
}
