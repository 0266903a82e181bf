import { parseArgs, type ParseArgsConfig } from 'node:util'
import { usageError } from './cli-error.ts'
import type { RoleSession } from './role-session.ts'

/** The options of a command line, by name. */
export type Options = Readonly<Record<string, string | boolean | readonly (string | boolean)[] | undefined>>

/** A command of a role: how it is typed, what it does in one line, and the function that does it and returns the lines it prints. */
export interface RoleCommand {
  readonly usage: string
  readonly help: string
  readonly options?: NonNullable<ParseArgsConfig['options']>
  readonly run: (session: RoleSession, args: Arguments) => Promise<readonly string[]>
}

/** What stood behind the command's name. */
export interface Arguments {
  readonly words: readonly string[]
  readonly options: Options
}

/** The commands of a role by name. */
export type RoleCommands = Readonly<Record<string, RoleCommand>>

/**
 * Reads what stands behind a command's name.
 * @throws {CliError} `usage`
 */
export function argumentsOf(options: NonNullable<ParseArgsConfig['options']>, args: readonly string[]): Arguments {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true, strict: true })
    return { words: positionals, options: values }
  } catch (error) {
    throw usageError(error instanceof Error ? error.message : 'This command line makes no sense.')
  }
}

/** An option's text, or undefined. */
export function textOption({ options }: Arguments, name: string): string | undefined {
  const value = options[name]
  return typeof value === 'string' ? value : undefined
}

/** Every text of an option that may be repeated. */
export function textOptions({ options }: Arguments, name: string): readonly string[] {
  const value = options[name]
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : []
}

/** An option's text, which must be there. @throws {CliError} `usage` */
export function requiredOption(args: Arguments, name: string): string {
  const value = textOption(args, name)
  if (value === undefined) throw usageError(`--${name} is missing.`)
  return value
}

/** A word behind the command, which must be there. @throws {CliError} `usage` */
export function requiredWord({ words }: Arguments, at: number, what: string): string {
  const word = words[at]
  if (word === undefined) throw usageError(`Name ${what}.`)
  return word
}
