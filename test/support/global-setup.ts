import { startTestMongodb } from './mongodb-server.ts'
import type { TestMongodb } from './mongodb-server.ts'
import { clearNotRun, recordNotRun } from './not-run.ts'

/** What the teardown needs; both run in the process that starts the tests. */
export const started: { mongodb?: TestMongodb } = ((globalThis as { vouchsafeTests?: { mongodb?: TestMongodb } }).vouchsafeTests ??= {})

/** Once a run: gives the suites a MongoDB, unless only unit tests were asked for, which need none. */
export default async function globalSetup({ nonFlagArgs }: { readonly nonFlagArgs: readonly string[] }): Promise<void> {
  clearNotRun()
  const isUnitOnly = nonFlagArgs.length > 0 && nonFlagArgs.every((path) => path.includes('test/unit'))
  if (isUnitOnly || process.env['VOUCHSAFE_TEST_MONGODB_URI'] !== undefined) return
  try {
    started.mongodb = await startTestMongodb()
    process.env['VOUCHSAFE_TEST_MONGODB_URI'] = started.mongodb.uri
    process.env['VOUCHSAFE_TEST_MONGODB_IS_OURS'] = '1'
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)
    recordNotRun({ name: 'MongoDB tests', reason: `no VOUCHSAFE_TEST_MONGODB_URI, and no test server: ${reason}` })
  }
}
