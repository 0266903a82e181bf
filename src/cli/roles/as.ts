import { isAuthorityProblem } from '../../device/api/authority-problem.ts'
import { usageError } from '../cli-error.ts'
import { argumentsOf, type RoleCommands } from '../command.ts'
import type { CliContext } from '../context.ts'
import { dropSession, openRole, type RoleOptions, type RoleSession } from '../role-session.ts'
import { applicantCommands } from './applicant.ts'
import { holderCommands } from './holder.ts'
import { operatorCommands } from './operator.ts'
import { reviewerCommands } from './reviewer.ts'

const roles: Readonly<Record<string, RoleCommands>> = {
  applicant: applicantCommands,
  reviewer: reviewerCommands,
  operator: operatorCommands,
  holder: holderCommands,
}

const commonOptions = { profile: { type: 'string' }, issuer: { type: 'string' }, root: { type: 'string' } } as const

/** Lines that explain one role, or all. */
export function roleHelp(only?: string): string[] {
  const shown = Object.entries(roles).filter(([role]) => only === undefined || role === only)
  return [
    'vouchsafe as ROLE --profile NAME [--issuer URL] [--root THUMBPRINT] COMMAND',
    '',
    'A profile is one person’s device on this machine. --issuer is the authority (http://localhost:8080 unless given; remembered).',
    '--root pins the authority’s root key before the first meeting; without it the first key that is seen is pinned and printed.',
    ...shown.flatMap(([role, commands]) => ['', `${role}:`, ...Object.values(commands).flatMap(({ usage, help }) => [`  ${usage}`, `      ${help}`])]),
  ]
}

/**
 * Runs `as ROLE --profile NAME … COMMAND …`. Options of the profile may stand before or behind the command.
 * @returns the lines to print.
 * @throws {CliError} `usage`
 */
export async function runAs(context: CliContext, [role = '', ...rest]: readonly string[]): Promise<readonly string[]> {
  const commands = Object.hasOwn(roles, role) ? roles[role] : undefined
  if (commands === undefined) throw usageError(`A role is one of: ${Object.keys(roles).join(', ')}.`)
  if (rest.includes('--help')) return roleHelp(role)
  const name = commandName(commands, rest)
  const command = commands[name]
  if (command === undefined) throw usageError(`A ${role} can: ${Object.keys(commands).join(', ')}.`)
  const args = argumentsOf({ ...commonOptions, ...command.options }, withoutFirst(rest, name))
  const { profile, issuer, root } = args.options
  if (typeof profile !== 'string') throw usageError('Say whose device this is: --profile NAME.')
  const options: RoleOptions = { profile, issuer: textOrNothing(issuer), root: textOrNothing(root) }
  return withSession(context, options, (session) => command.run(session, args))
}

/** The first word that is not an option or an option's value. */
function commandName(commands: RoleCommands, args: readonly string[]): string {
  const at = args.findIndex((arg, index) => !arg.startsWith('--') && !isValueOf(args[index - 1]))
  const name = args[at] ?? ''
  return Object.hasOwn(commands, name) ? name : ''
}

function isValueOf(before: string | undefined): boolean {
  return before !== undefined && before.startsWith('--') && Object.hasOwn(commonOptions, before.slice(2))
}

function withoutFirst(args: readonly string[], word: string): string[] {
  const at = args.findIndex((arg, index) => arg === word && !isValueOf(args[index - 1]))
  return args.filter((_arg, index) => index !== at)
}

function textOrNothing(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

/** Runs a command, once more if the session of an earlier command turns out to be over. */
async function withSession(context: CliContext, options: RoleOptions, run: (session: RoleSession) => Promise<readonly string[]>): Promise<readonly string[]> {
  const session = await openRole(context, options)
  try {
    return await run(session)
  } catch (error) {
    if (!isAuthorityProblem(error, 'sign-in-required')) throw error
    await dropSession(session)
    return run(await openRole(context, options))
  }
}
