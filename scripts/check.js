import { existsSync } from 'node:fs'
import { ensureBuilt } from './lib/build.js'
import { capture } from './lib/run.js'

const bin = (name) => `node_modules/${name}`
const present = (paths) => paths.filter((path) => existsSync(path))
const types = present(['test/tsconfig.json', 'src/device/tsconfig.json', 'web/tsconfig.json', 'sdk/tsconfig.json'])

const steps = [
  ['lint', [bin('eslint/bin/eslint.js'), '--max-warnings', '0', '.']],
  ...types.map((path) => [`types ${path}`, [bin('typescript/bin/tsc'), '--noEmit', '-p', path]]),
  ['format', [bin('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.']],
  ['import directions', [bin('dependency-cruiser/bin/dependency-cruise.mjs'), '--config', '.dependency-cruiser.cjs', ...present(['src', 'web', 'sdk/src'])]],
  [
    'unused exports',
    [
      bin('ts-unused-exports/bin/ts-unused-exports'),
      'scripts/unused-exports.tsconfig.json',
      '--excludePathsFromReport=contract;sdk/;web/.*config;end-reporter;index.ts;global-;scripts/lib',
      '--allowUnusedTypes',
    ],
  ],
  ['doors', ['scripts/check-doors.js']],
  ['schemas and types', [bin('tsx/dist/cli.mjs'), 'scripts/generate-contract.ts', '--check']],
]

const results = [await isBuilt()]
const waiting = [...steps]
await Promise.all([worker(), worker()])
process.exitCode = results.every((isOk) => isOk) ? 0 : 1

/** The types of the SDK and the pages' parts come from what is built. */
async function isBuilt() {
  const start = Date.now()
  const failure = await ensureBuilt().catch((error) => error.message)
  report('build', start, failure)
  return failure === undefined
}

/** Two steps at a time; a step that fails does not stop the others. */
async function worker() {
  for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) results.push(await runStep(step))
}

async function runStep([name, args]) {
  const start = Date.now()
  const { isOk, output } = await capture('node', args)
  report(name, start, isOk ? undefined : output.trim())
  return isOk
}

function report(name, start, failure) {
  console.log(`${failure === undefined ? 'ok  ' : 'FAIL'} ${name} (${((Date.now() - start) / 1000).toFixed(1)} s)`)
  if (failure !== undefined) console.log(failure)
}
