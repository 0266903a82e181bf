import { notRunLines, summaryLine } from '../../support/end-reporter.js'

const results = { numPassedTests: 7, numFailedTests: 0, numRuntimeErrorTestSuites: 0, numPendingTests: 0, numTodoTests: 0 }

test.each([
  ['a clean run', results, '7 passed, 0 failed'],
  ['failures', { ...results, numFailedTests: 2 }, '7 passed, 2 failed'],
  ['files that could not be loaded', { ...results, numRuntimeErrorTestSuites: 1 }, '7 passed, 1 failed'],
  ['what was skipped', { ...results, numPendingTests: 1, numTodoTests: 1 }, '7 passed, 0 failed, 2 skipped'],
])('sums up %s', (_case, given, line) => {
  expect(summaryLine(given)).toBe(line)
})

test('names what was not run, and says nothing when all was', () => {
  expect(notRunLines([{ name: 'browser tests', reason: 'no Chromium' }])).toContain('  browser tests: no Chromium')
  expect(notRunLines([])).toEqual([])
})
