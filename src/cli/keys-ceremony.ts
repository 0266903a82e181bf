import { join, resolve } from 'node:path'
import { createAuthorityKeys, renewAuthorityTrust } from '../compose.ts'
import { CliError, usageError } from './cli-error.ts'
import { argumentsOf, textOptions } from './command.ts'
import { type CliContext, keysFolder } from './context.ts'
import { listKeys } from './keys-list.ts'
import { type PublicOperator, readOperators } from './keys-operator.ts'

const repeated = { type: 'string', multiple: true } as const

/** `keys create --operator FILE …`: the keys of a new authority, by the environment's settings. Keys that are there are never replaced. */
export async function createKeys(context: CliContext, args: readonly string[]): Promise<readonly string[]> {
  const operators = await readOperators(context, textOptions(argumentsOf({ operator: repeated }, args), 'operator'))
  if (operators.length === 0) throw usageError('Name at least one operator: --operator FILE.public.json')
  const folder = resolve(context.cwd, keysFolder(context))
  const isMade = await createAuthorityKeys(context.env, operators, context.clock)
  if (!isMade) throw new CliError('keys-exist', `${folder} has keys already, and they are never replaced.`)
  return [
    ...(await listKeys(context)),
    '',
    'Write the root thumbprint down, and publish it where it will be found again: others pin it.',
    `The private key of the root is ${join(folder, 'private', 'root.jwe')}. Take it offline, and away from here: the server starts without it.`,
    'It is needed again, with the secret, to sign the trust file anew before its time is over: vouchsafe keys renew',
    ...(operators.length === 1 ? ['There is one operator only. A second one is recommended, for a passkey can be lost.'] : []),
  ]
}

/** `keys renew [--operator FILE …] [--drop OPERATOR …]`: the next trust file. Operators stay unless they are dropped by name. */
export async function renewTrust(context: CliContext, args: readonly string[]): Promise<readonly string[]> {
  const read = argumentsOf({ operator: repeated, drop: repeated }, args)
  const added = await readOperators(context, textOptions(read, 'operator'))
  const dropped = textOptions(read, 'drop')
  await renewAuthorityTrust(context.env, (operators) => changedOperators(operators, added, dropped), context.clock)
  return [
    ...(await listKeys(context)),
    '',
    'Bring public/trust.json to the server, start the server again, and take the private key of the root away.',
    ...(dropped.length > 0
      ? ['If a dropped operator has signed roster statements, the roster and the attestations that rest on it are refused from now on.']
      : []),
  ]
}

/** @throws {CliError} `operator-unknown`, `no-operators` */
function changedOperators(before: readonly PublicOperator[], added: readonly PublicOperator[], dropped: readonly string[]): PublicOperator[] {
  const unknown = dropped.filter((id) => !before.some(({ operator }) => operator === id))
  if (unknown.length > 0) throw new CliError('operator-unknown', `The trust file does not name ${unknown.join(', ')}.`)
  const isKept = ({ operator }: PublicOperator): boolean => !dropped.includes(operator) && !added.some((each) => each.operator === operator)
  const operators = [...before.filter(isKept), ...added]
  if (operators.length === 0) throw new CliError('no-operators', 'A trust file without operators would end the roster.')
  return operators
}
