import { appendFile } from 'node:fs/promises'
import type { CliContext } from '../context.ts'
import { asCommand, type Ran, run } from '../run.ts'
import { expect } from './teller.ts'

/** The terminal in which the story is typed. */
export interface Terminal {
  readonly context: CliContext
  /** Types a command that must work. @returns what it printed. */
  readonly types: (line: string) => Promise<readonly string[]>
  /** Types a command that must be refused, with this code. */
  readonly isRefused: (line: string, code: string) => Promise<void>
  /** Types a command and takes what comes. */
  readonly tries: (line: string) => Promise<Ran>
}

/** A terminal that prints each command as it is typed, then what it says. */
export function createTerminal(context: CliContext): Terminal {
  const tries = async (line: string): Promise<Ran> => {
    context.print(`$ vouchsafe ${line}`)
    const ran = await run(context, { as: asCommand }, wordsOf(line))
    for (const each of [...ran.lines, ...(ran.failure?.lines ?? [])]) context.print(`  ${each}`)
    return ran
  }
  return {
    context,
    tries,
    types: async (line) => {
      const { lines, failure } = await tries(line)
      expect(failure === undefined, `vouchsafe ${line}: ${failure?.lines.join(' ') ?? ''}`)
      return lines
    },
    isRefused: async (line, code) => {
      const { failure } = await tries(line)
      expect(failure?.code === code, `vouchsafe ${line} should have been refused with ${code}, not ${failure?.code ?? 'accepted'}`)
    },
  }
}

/** Words as a shell would see them; double quotes hold words together. */
function wordsOf(line: string): string[] {
  return (line.match(/"[^"]*"|\S+/g) ?? []).map((word) => word.replaceAll('"', ''))
}

/** A fetch that writes all that goes over the wire to a file, as an eavesdropper behind TLS would see it: addresses, headers and bodies, both ways. */
export function wiretapped(send: typeof fetch, path: string): typeof fetch {
  return async (input, init) => {
    const response = await send(input, init)
    const copy = Buffer.from(await response.clone().arrayBuffer())
    const { body } = init ?? {}
    const sent = typeof body === 'string' ? Buffer.from(body) : body instanceof Uint8Array ? Buffer.from(body) : Buffer.alloc(0)
    const head = `${init?.method ?? 'GET'} ${input instanceof Request ? input.url : input.toString()} ${JSON.stringify(init?.headers ?? {})}\n`
    const answer = `\n${response.status} ${JSON.stringify(Object.fromEntries(response.headers))}\n`
    await appendFile(path, Buffer.concat([Buffer.from(head), sent, Buffer.from(answer), copy, Buffer.from('\n')]))
    return response
  }
}
