import { toBase64url } from '../shared/base64url.ts'
import { randomBytes } from '../shared/ids.ts'
import { usageError } from './cli-error.ts'
import { argumentsOf } from './command.ts'
import { createKeys, renewTrust } from './keys-ceremony.ts'
import { listKeys } from './keys-list.ts'
import { makeOperator } from './keys-operator.ts'
import type { Command } from './run.ts'

const list: Command = {
  usage: 'keys list',
  help: 'list the authority’s keys, until when its trust file is good, and the root thumbprint that others pin',
  run: (context, args) => (argumentsOf({}, args), listKeys(context)),
}

const secret: Command = {
  usage: 'keys secret',
  help: 'print a fresh secret, 32 bytes, for the file that VOUCHSAFE_KEY_SECRET_FILE names',
  run: async (_context, args) => (argumentsOf({}, args), [toBase64url(randomBytes(32))]),
}

const operator: Command = {
  usage: 'keys operator --out FILE',
  help: 'make an operator’s passkey: a private file, and its public part beside it',
  run: makeOperator,
}

const create: Command = {
  usage: 'keys create --operator FILE.public.json [--operator …]',
  help: 'make the keys of a new authority, as the VOUCHSAFE_ environment variables say; two operators are recommended',
  run: createKeys,
}

const renew: Command = {
  usage: 'keys renew [--operator FILE.public.json …] [--drop OPERATOR …]',
  help: 'sign the trust file again with the root key; operators may be added, or dropped by their id',
  run: renewTrust,
}

const commands: Readonly<Record<string, Command>> = { list, secret, operator, create, renew }

/** `keys …`: all that is done with an authority's keys by hand. */
export const keysCommand: Command = {
  usage: `keys ${Object.keys(commands).join('|')} …`,
  help: 'the authority’s keys, and the root thumbprint that others pin; `vouchsafe keys --help` says more',
  run: async (context, [name = '--help', ...args]) => {
    if (name === '--help') return Object.values(commands).flatMap(({ usage, help }) => [`  vouchsafe ${usage}`, `      ${help}`])
    const command = Object.hasOwn(commands, name) ? commands[name] : undefined
    if (command === undefined) throw usageError(`Run: vouchsafe keys ${Object.keys(commands).join('|')}`)
    return command.run(context, args)
  },
}
