import { parseArgs } from 'node:util'

/** What the command line said. */
export interface CliOptions {
  readonly issuer: string
  readonly rootThumbprint: string | undefined
  readonly bundleFile: string | undefined
  readonly audience: string | undefined
  readonly nonce: string | undefined
  readonly maxStatusAgeSeconds: number
  readonly requiredPolicy: string
  readonly environment: 'production' | 'test'
  readonly nowSeconds: number | undefined
  readonly manyFile: string | undefined
  /** `-` is the standard input. */
  readonly file: string
}

/** The help text. */
export const cliUsage = `vouchsafe-verify --issuer URL --root THUMBPRINT [--bundle FILE] --audience A --nonce N --max-status-age SECONDS --policy P [FILE|-]
vouchsafe-verify --issuer URL --root THUMBPRINT [--bundle FILE] [--audience A] --max-status-age SECONDS --policy P --many FILE

  --issuer URL           the authority's origin
  --root THUMBPRINT      its root key (RFC 7638); without it the first one seen is taken and printed
  --bundle FILE          a trust bundle: nothing is fetched
  --audience A           your origin or redirect URI
  --nonce N              the nonce that you gave to this visitor
  --max-status-age S     how old the word on revocation may be
  --policy P             such as identified/v1
  --environment E        production (default) or test
  --now UNIX             check as of this time
  --many FILE            JSON lines {"presentation", "nonce", "audience"?}; one answer a line, then a summary

Exit code: 0 valid, 1 invalid, 2 cannot tell.`

const stringOptions = ['issuer', 'root', 'bundle', 'audience', 'nonce', 'max-status-age', 'policy', 'environment', 'now', 'many'] as const

/**
 * Reads the command line.
 * @returns `undefined` if help was asked for.
 * @throws {TypeError} for an unknown, missing or malformed option
 */
export function readCliOptions(args: readonly string[]): CliOptions | undefined {
  const options = { ...Object.fromEntries(stringOptions.map((name) => [name, { type: 'string' as const }])), help: { type: 'boolean' as const, short: 'h' } }
  const { values, positionals } = parseArgs({ args: withJoinedValues(args), options, allowPositionals: true, strict: true })
  if (values['help'] === true) return undefined
  if (positionals.length > 1) throw new TypeError('one FILE at most')
  const given = values as Readonly<Record<string, string | undefined>>
  return {
    issuer: required(given, 'issuer'),
    rootThumbprint: given['root'],
    bundleFile: given['bundle'],
    audience: given['audience'],
    nonce: given['nonce'],
    maxStatusAgeSeconds: seconds('max-status-age', required(given, 'max-status-age')),
    requiredPolicy: required(given, 'policy'),
    environment: environmentOf(given['environment']),
    nowSeconds: given['now'] === undefined ? undefined : seconds('now', given['now']),
    manyFile: given['many'],
    file: positionals[0] ?? '-',
  }
}

/** Thumbprints and nonces may begin with a dash, which the parser would take for an option. */
function withJoinedValues(args: readonly string[]): string[] {
  const [first, second, ...rest] = args
  if (first === undefined) return []
  const isPair = second !== undefined && stringOptions.some((name) => first === `--${name}`)
  return isPair ? [`${first}=${second}`, ...withJoinedValues(rest)] : [first, ...withJoinedValues(args.slice(1))]
}

function required(given: Readonly<Record<string, string | undefined>>, name: string): string {
  const value = given[name]
  if (value === undefined || value === '') throw new TypeError(`--${name} is required`)
  return value
}

function seconds(name: string, value: string): number {
  if (!/^\d{1,12}$/.test(value)) throw new TypeError(`--${name} is a whole number of seconds`)
  return Number(value)
}

function environmentOf(value = 'production'): 'production' | 'test' {
  if (value !== 'production' && value !== 'test') throw new TypeError('--environment is production or test')
  return value
}
