import { usageError } from './cli-error.ts'
import type { CliContext } from './context.ts'
import { type Failure, failureOf } from './failure.ts'
import { roleHelp, runAs } from './roles/as.ts'

/** A command of the first level: what is typed, what it does, and the lines it prints. */
export interface Command {
  readonly usage: string
  readonly help: string
  readonly run: (context: CliContext, args: readonly string[]) => Promise<readonly string[]>
}

/** Every command of the first level by name. */
export type Commands = Readonly<Record<string, Command>>

/** The roles: all that people do. The demo is scripted with this command alone. */
export const asCommand: Command = {
  usage: 'as applicant|reviewer|operator|holder --profile NAME COMMAND …',
  help: 'be one of the people, in this terminal; `vouchsafe as --help` lists what each can do',
  run: (context, args) => (args[0] === undefined || args[0] === '--help' ? Promise.resolve(roleHelp()) : runAs(context, args)),
}

/** What a command line did. */
export interface Ran {
  readonly lines: readonly string[]
  readonly failure?: Failure
}

/** Carries out one command line, given as words. An expected refusal is a result, not an exception. */
export async function run(context: CliContext, commands: Commands, [name = 'help', ...args]: readonly string[]): Promise<Ran> {
  try {
    const command = Object.hasOwn(commands, name) ? commands[name] : undefined
    if (name === 'help' || name === '--help' || name === '-h') return { lines: helpLines(commands) }
    if (command === undefined) throw usageError(`There is no command ${name}. Run: vouchsafe help`)
    return { lines: await command.run(context, args) }
  } catch (error) {
    const failure = failureOf(error)
    return { lines: [], failure }
  }
}

function helpLines(commands: Commands): string[] {
  const listed = Object.values(commands).flatMap(({ usage, help }) => [`  vouchsafe ${usage}`, `      ${help}`])
  return ['Vouchsafe: an attestation that says "this person is identified", and nothing else.', '', ...listed]
}

/** Carries out the command line of this process: prints what it says, and sets the exit code. */
export async function runToExit(context: CliContext, commands: Commands, words: readonly string[]): Promise<void> {
  const { lines, failure } = await run(context, commands, words)
  for (const line of lines) context.print(line)
  for (const line of failure?.lines ?? []) process.stderr.write(`vouchsafe: ${line}\n`)
  process.exitCode = failure?.exitCode ?? 0
}
