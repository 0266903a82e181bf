import { open, readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { newOperatorKey } from '../compose.ts'
import { fromBase64url } from '../shared/base64url.ts'
import type { TrustFile } from '../shared/contract/types.ts'
import { isIdOf } from '../shared/ids.ts'
import { CliError } from './cli-error.ts'
import { argumentsOf, requiredOption } from './command.ts'
import type { CliContext } from './context.ts'

/** The public part of an operator's passkey, as its file and the trust file have it. */
export type PublicOperator = TrustFile['operators'][number]

/** `keys operator --out FILE`: makes an operator's software passkey: a private file for the operator alone, and beside it the public part for the ceremony. */
export async function makeOperator(context: CliContext, args: readonly string[]): Promise<readonly string[]> {
  const out = requiredOption(argumentsOf({ out: { type: 'string' } }, args), 'out')
  const [privatePath, publicPath] = [out, `${out.replace(/\.json$/, '')}.public.json`].map((path) => resolve(context.cwd, path)) as [string, string]
  const { file, trusted } = await newOperatorKey()
  await writeNew(privatePath, file, 0o600)
  await writeNew(publicPath, trusted, 0o644)
  return [
    `Made ${trusted.operator}.`,
    `The private passkey is ${privatePath}: it stays with the operator.`,
    `The public part is ${publicPath}: bring it to the ceremony (keys create --operator FILE).`,
  ]
}

/** Reads operators' public parts. @throws {CliError} `operator-unreadable`, `operator-twice` */
export async function readOperators(context: CliContext, paths: readonly string[]): Promise<readonly PublicOperator[]> {
  const operators = await Promise.all(paths.map((path) => readOperator(resolve(context.cwd, path))))
  if (new Set(operators.map(({ operator }) => operator)).size < operators.length) throw new CliError('operator-twice', 'The same operator is named twice.')
  return operators
}

async function readOperator(path: string): Promise<PublicOperator> {
  const text = await readFile(path, 'utf8').catch(() => '')
  const operator = publicOperator(text)
  if (operator === undefined) throw new CliError('operator-unreadable', `${path} is not the public part of an operator's passkey, which ends in .public.json.`)
  return operator
}

/** Exactly these members: a private file that was named by mistake must not get into what is published. */
function publicOperator(text: string): PublicOperator | undefined {
  try {
    const { operator, passkey, ...rest } = JSON.parse(text) as PublicOperator
    const { credentialId, publicKey, ...more } = passkey
    const isWhole = fromBase64url(credentialId).length > 0 && fromBase64url(publicKey).length > 0 && isIdOf('operator', operator)
    return isWhole && Object.keys({ ...rest, ...more }).length === 0 ? { operator, passkey } : undefined
  } catch {
    return undefined
  }
}

async function writeNew(path: string, content: object, mode: 0o600 | 0o644): Promise<void> {
  const file = await open(path, 'wx', mode).catch((error: unknown) => {
    const isThere = (error as NodeJS.ErrnoException).code === 'EEXIST'
    throw new CliError('not-written', isThere ? `${path} exists already, and is not replaced.` : `${path} cannot be written.`)
  })
  try {
    await file.writeFile(`${JSON.stringify(content, undefined, 2)}\n`)
    await file.sync()
  } finally {
    await file.close()
  }
}
