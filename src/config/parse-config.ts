import type { Config } from '../shared/contract/types.ts'
import { schemas } from '../shared/contract/schemas.ts'
import { createValidator } from '../shared/validate.ts'
import type { EnvTexts } from './read-env.ts'
import { settingEntries } from './settings.ts'

/** The settings, and what is wrong with them. */
export interface ParsedConfig {
  readonly config: Config
  /** Whether `config` has the form of its type, whatever else may be wrong with it. */
  readonly isWellFormed: boolean
  readonly faults: readonly string[]
}

/** Turns texts into settings, with their defaults, and checks all of them against `schemas/config.schema.json`: the second step. */
export function parseConfig(texts: EnvTexts['texts']): ParsedConfig {
  const given = settingEntries.flatMap(([name, { member, isNumber }]) =>
    member === undefined || texts[name] === undefined ? [] : [[member, isNumber === true ? numberOf(texts[name]) : texts[name]] as const],
  )
  const config = { ...withDefaults(Object.fromEntries(given)), storeKind: storeKindOf(texts.VOUCHSAFE_STORE) } as Config
  const faults = formFaults(config)
  return { config, isWellFormed: faults.length === 0, faults: [...faults, ...productionFaults(config)] }
}

function withDefaults(given: Partial<Config>): Omit<Config, 'storeKind'> {
  const { port = 8080, environment = 'test' } = given
  const issuer = usualIssuer(port)
  const rosterDelaySeconds = environment === 'production' ? 86_400 : 0
  const rest = { adminPort: 9080, icoPort: 8090, dataFolder: '.vouchsafe', keysFolder: 'keys', logLevel: 'info' } as const
  return { environment, port, issuer, rosterDelaySeconds, ...rest, ...given }
}

function usualIssuer(port: number): string {
  return `http://localhost:${String(port)}`
}

function storeKindOf(store: string | undefined): string {
  if (store === undefined || /^sqlite:./.test(store)) return 'sqlite'
  return /^mongodb(\+srv)?:\/\/./.test(store) ? 'mongodb' : 'unknown'
}

function numberOf(text: string): number | string {
  return /^[0-9]{1,10}$/.test(text) ? Number(text) : text
}

function formFaults(config: Config): readonly string[] {
  const faults = createValidator(schemas, { isExhaustive: true }).validate('config', config)
  const pointers = [...faults.map((fault) => fault.pointer), ...(isNamedOrigin(config.issuer) || config.issuer === usualIssuer(config.port) ? [] : ['/issuer'])]
  return settingEntries
    .filter(([, { member }]) => member !== undefined && pointers.includes(`/${member}`))
    .map(([name, { mustBe }]) => `${name} must be ${mustBe}`)
}

/** Names follow from the issuer: it must be written as an origin is, and did:web knows no IP address. @see https://w3c-ccg.github.io/did-method-web/ */
function isNamedOrigin(issuer: string): boolean {
  if (!URL.canParse(issuer)) return false
  const { origin, hostname } = new URL(issuer)
  return origin === issuer && !/^\[|^[\d.]+$/.test(hostname)
}

function productionFaults(config: Config): readonly string[] {
  if (config.environment !== 'production' || config.issuer.startsWith('https://')) return []
  return ['VOUCHSAFE_ISSUER must be an https origin in production']
}
