import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { run } from './run.js'
import { builtStamp, rememberStamp, stampOf } from './stamp.js'

const tsc = 'node_modules/typescript/bin/tsc'
const kept = new Set(['web', '.stamps.json'])

/** What is built, in this order: the sources that decide, the proof that it is there, and how. Types are `npm run check`'s business. */
const parts = {
  sdk: { sources: ['sdk/src', 'sdk/tsconfig.json', 'tsconfig.json'], made: 'sdk/dist', build: buildSdk },
  server: { sources: ['src', 'tsconfig.json'], made: 'dist/shared', build: buildServer },
  web: { sources: ['web', 'src/device', 'src/shared', 'sdk/src'], made: 'dist/web', build: () => run('node', ['node_modules/vite/bin/vite.js', 'build', 'web', '--outDir', '../dist/web', '--emptyOutDir', '--logLevel', 'warn'], { stdout: 'stderr' }) }, // prettier-ignore
}

/**
 * Builds what has changed since it was last built. Where there are no sources (a shipped image) there is nothing to do.
 * One part's failure does not stop the others; all failures are told together at the end.
 */
export async function ensureBuilt() {
  const failures = []
  for (const [name, part] of Object.entries(parts)) if (hasSources(name)) await buildPart(name, part).catch(() => failures.push(name))
  if (failures.length > 0) throw new Error(`Not built: ${failures.join(', ')}`)
}

function hasSources(name) {
  const sign = { sdk: 'sdk/tsconfig.json', server: 'src/shared', web: 'web/vite.config.ts' }
  return existsSync(sign[name])
}

async function buildPart(name, { sources, made, build }) {
  const stamp = stampOf([...sources, 'package-lock.json'])
  if (builtStamp(name) === stamp && existsSync(made)) return
  const start = Date.now()
  await build()
  rememberStamp(name, stamp)
  console.error(`Built ${name} in ${((Date.now() - start) / 1000).toFixed(1)} s`)
}

async function buildSdk() {
  rmSync('sdk/dist', { recursive: true, force: true })
  await run('node', [tsc, '-p', 'sdk/tsconfig.json', '--noCheck', '--incremental', 'false', '--tsBuildInfoFile', 'null'], { stdout: 'stderr' })
}

async function buildServer() {
  for (const name of existsSync('dist') ? readdirSync('dist') : []) if (!kept.has(name)) rmSync(join('dist', name), { recursive: true })
  await run('node', [tsc, '-p', 'tsconfig.json', '--noCheck', '--incremental', 'false', '--tsBuildInfoFile', 'null'], { stdout: 'stderr' })
}
