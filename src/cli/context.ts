import type { Clock } from '../shared/clock.ts'

/** What a command line runs in. The demo and the tests make their own; nothing here knows that. */
export interface CliContext {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd: string
  /** Prints a line for the person at the terminal. */
  readonly print: (line: string) => void
  /** Asks the person at the terminal; undefined where nobody sits. What is typed is not kept in a shell's history. */
  readonly ask: ((question: string) => Promise<string>) | undefined
  readonly fetch: typeof fetch
  readonly clock: Clock
  /** log2 of scrypt's work for new passphrases; undefined for the usual one. */
  readonly workFactor?: number
  /** Resolves when the process is told to end; `serve` waits for it. */
  readonly untilStopped: () => Promise<void>
}

/** Where profiles and the authority's own data are kept. */
export function dataFolder({ env, cwd }: CliContext): string {
  return env['VOUCHSAFE_DATA'] ?? `${cwd}/.vouchsafe`
}

/** Where an authority on this machine keeps its keys. */
export function keysFolder({ env, cwd }: CliContext): string {
  return env['VOUCHSAFE_KEYS'] ?? `${cwd}/keys`
}
