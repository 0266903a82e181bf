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
  const issuer = `http://localhost:${String(port)}`
  const rosterDelaySeconds = environment === 'production' ? 86_400 : 0
  const rest = { adminPort: 9080, icoPort: 8090, dataFolder: '.vouchsafe', keysFolder: 'keys', logLevel: 'info' } as const
  return { environment, port, issuer, rosterDelaySeconds, ...rest, ...given }
}

function storeKindOf(store: string | undefined): string {
  if (store === undefined || /^sqlite:./.test(store)) return 'sqlite'
  return /^mongodb(\+srv)?:\/\/./.test(store) ? 'mongodb' : 'unknown'
}

function numberOf(text: string): number | string {
  return /^[0-9]{1,10}$/.test(text) ? Number(text) : text
}

function formFaults(config: Config): readonly string[] {
  const pointers = createValidator(schemas, { isExhaustive: true })
    .validate('config', config)
    .map((fault) => fault.pointer)
  return settingEntries
    .filter(([, { member }]) => member !== undefined && pointers.includes(`/${member}`))
    .map(([name, { mustBe }]) => `${name} must be ${mustBe}`)
}

function productionFaults(config: Config): readonly string[] {
  if (config.environment !== 'production' || config.issuer.startsWith('https://')) return []
  return ['VOUCHSAFE_ISSUER must be an https origin in production']
}
