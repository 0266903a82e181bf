import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

const notRunFile = '.cache/not-run.json'

/**
 * Says at the end what was not run, and as its last line how the run went.
 * With `VOUCHSAFE_TEST_SUMMARY` set it writes that line to the file named there, for a caller that prints it after everything else.
 */
export default class EndReporter {
  onRunComplete(_contexts, results) {
    for (const line of notRunLines(readNotRun())) process.stdout.write(`${line}\n`)
    const summary = summaryLine(results)
    const file = process.env.VOUCHSAFE_TEST_SUMMARY
    if (file === undefined) process.stdout.write(`${summary}\n`)
    else writeText(file, `${summary}\n`)
  }
}

/** `N passed, N failed`, and `, N skipped` where there are any. A file that could not be loaded counts as one failure. */
export function summaryLine(results) {
  const failed = results.numFailedTests + results.numRuntimeErrorTestSuites
  const skipped = results.numPendingTests + results.numTodoTests
  return `${results.numPassedTests} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}

/** The loud block about what was not run; nothing where everything was. */
export function notRunLines(notRun) {
  if (notRun.length === 0) return []
  const bar = '!'.repeat(80)
  return ['', bar, `NOT RUN (${notRun.length}):`, ...notRun.map(({ name, reason }) => `  ${name}: ${reason}`), bar, '']
}

function readNotRun() {
  try {
    return JSON.parse(readFileSync(notRunFile, 'utf8')).map((entry) => (typeof entry === 'string' ? { name: entry, reason: 'not available here' } : entry))
  } catch {
    return []
  }
}

function writeText(file, text) {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}
