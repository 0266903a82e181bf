import { randomUUID } from 'node:crypto'
import { startTestMongodb } from '../test/support/mongodb-server.ts'
import { issuingLines } from './issuing.ts'
import { type Line, table } from './measure.ts'
import { rawLines } from './raw.ts'
import { verifyingLine } from './verifying.ts'

// What things cost, as ratios within one run: other machines have other rates, and much the same ratios.
const [sign, verify, ...jose] = await step('raw operations', rawLines)
const onSqlite = await step('credentials on SQLite', () => issuingLines('SQLite'))
const onMongodb = await step('credentials on MongoDB', mongodbLines)
const verified = await step('verification', verifyingLine)
const lines: Line[] = [sign, ...jose.slice(0, 1), verify, ...jose.slice(1), ...onSqlite, ...onMongodb, verified]
console.log(`\n${table(lines, { sign: sign.perCpuSecond, verify: verify.perCpuSecond })}\n`)

async function mongodbLines(): Promise<readonly Line[]> {
  const given = process.env['VOUCHSAFE_TEST_MONGODB_URI']
  try {
    const server = given === undefined ? await startTestMongodb() : { uri: given, stop: () => Promise.resolve() }
    const lines = await issuingLines('MongoDB', `${server.uri.replace(/\/?$/, '/')}vouchsafe-bench-${randomUUID()}`)
    await server.stop()
    return lines
  } catch (error) {
    console.error(
      `\nNOT RUN: credentials on MongoDB. ${error instanceof Error ? error.message : String(error)}\nSet VOUCHSAFE_TEST_MONGODB_URI to a replica set.\n`,
    )
    return []
  }
}

function step<R>(name: string, work: () => Promise<R>): Promise<R> {
  console.error(`measuring ${name} …`)
  return work()
}
