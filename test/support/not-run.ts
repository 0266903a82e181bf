import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** Something that this run leaves out, and why. The reporter prints these loudly at the end. */
export interface NotRun {
  readonly name: string
  readonly reason: string
}

const file = '.cache/not-run.json'

/** Forgets what an earlier run left out. */
export function clearNotRun(): void {
  rmSync(file, { force: true })
}

/**
 * Records that something is left out.
 * @throws where `VOUCHSAFE_TEST_REQUIRE=1` says that everything must run.
 */
export function recordNotRun(entry: NotRun): void {
  if (process.env['VOUCHSAFE_TEST_REQUIRE'] === '1') throw new Error(`${entry.name} must run here: ${entry.reason}`)
  const others = readNotRun().filter(({ name }) => name !== entry.name)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, JSON.stringify([...others, entry]))
}

function readNotRun(): readonly NotRun[] {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as readonly NotRun[]
  } catch {
    return []
  }
}
