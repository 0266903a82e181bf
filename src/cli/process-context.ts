import { createInterface } from 'node:readline/promises'
import { systemClock } from '../shared/clock.ts'
import type { CliContext } from './context.ts'

// A reader that has seen enough, such as `head`, closes the pipe: that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit()
})

/** This process's own terminal, environment and clock. */
export const processContext: CliContext = {
  env: process.env,
  cwd: process.cwd(),
  print: (line) => void process.stdout.write(`${line}\n`),
  ask: process.stdin.isTTY ? asked : undefined,
  fetch: (input, init) => fetch(input, init),
  clock: systemClock,
  untilStopped: () => new Promise((resolve) => void process.once('SIGINT', () => resolve()).once('SIGTERM', () => resolve())),
}

async function asked(question: string): Promise<string> {
  const reader = createInterface({ input: process.stdin, output: process.stdout })
  try {
    return await reader.question(question)
  } finally {
    reader.close()
  }
}
