#!/usr/bin/env node
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { prepare } from '../scripts/lib/prepare.js'
import { run } from '../scripts/lib/run.js'

const summaryFile = '.cache/test-summary.txt'

process.chdir(fileURLToPath(new URL('..', import.meta.url)))
const isBuilt = await prepare().then(
  () => true,
  (error) => console.error(error.message),
)
mkdirSync('.cache', { recursive: true })
for (const file of [summaryFile, '.cache/not-run.json']) rmSync(file, { force: true })

const env = { NODE_OPTIONS: '--experimental-vm-modules --disable-warning=ExperimentalWarning', VOUCHSAFE_TEST_SUMMARY: summaryFile }
const isOk = await run(process.execPath, ['node_modules/jest/bin/jest.js', ...process.argv.slice(2)], { env }).then(
  () => true,
  () => false,
)
process.exitCode = isOk && isBuilt ? 0 : 1
process.stdout.write(readSummary(isOk))

/** The last line of a run. Without a summary the runner itself broke, or found nothing to run. */
function readSummary(isOk) {
  try {
    return readFileSync(summaryFile, 'utf8')
  } catch {
    return `0 passed, ${isOk ? 0 : 1} failed\n`
  }
}
