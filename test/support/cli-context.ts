import type { CliContext } from '../../src/cli/context.ts'
import { systemClock } from '../../src/shared/clock.ts'

/** A terminal at which nobody sits, in a folder. */
export function quietContext(cwd: string, env: CliContext['env'], change: Partial<CliContext> = {}): CliContext {
  const untilStopped = () => Promise.resolve()
  return { env, cwd, print: () => undefined, ask: undefined, fetch, clock: systemClock, workFactor: 1, untilStopped, ...change }
}
