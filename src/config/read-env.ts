import { readFileSync } from 'node:fs'
import { settingEntries, type SettingName } from './settings.ts'

/** The texts of the settings that are set, and what is wrong with the names. */
export interface EnvTexts {
  readonly texts: Partial<Readonly<Record<SettingName, string>>>
  readonly faults: readonly string[]
}

/**
 * Reads the `VOUCHSAFE_` variables, the first of three steps. A secret may come as `NAME_FILE`, the path of a file that holds it.
 * A name that is not known is a fault, for a mistyped setting must not pass as unset; those that begin `VOUCHSAFE_TEST_` are the tests' own.
 */
export function readEnv(env: Readonly<Record<string, string | undefined>>): EnvTexts {
  const given = Object.keys(env).filter((name) => name.startsWith('VOUCHSAFE_') && !name.startsWith('VOUCHSAFE_TEST_'))
  const known = new Set<string>(settingEntries.flatMap(([name, { hasFileTwin }]) => (hasFileTwin === true ? [name, `${name}_FILE`] : [name])))
  const faults = given.filter((name) => !known.has(name)).map((name) => `${name} is not a setting`)
  const read = settingEntries.map(([name, { hasFileTwin }]) => [name, hasFileTwin === true ? textOrFile(env, name, faults) : env[name]] as const)
  return { texts: Object.fromEntries(read.filter(([, text]) => text !== undefined)), faults }
}

function textOrFile(env: Readonly<Record<string, string | undefined>>, name: SettingName, faults: string[]): string | undefined {
  const file = env[`${name}_FILE`]
  if (file === undefined || env[name] !== undefined) {
    if (file !== undefined) faults.push(`${name} and ${name}_FILE are both set`)
    return env[name]
  }
  try {
    return readFileSync(file, 'utf8').trim()
  } catch {
    faults.push(`${name}_FILE names a file that cannot be read`)
    return undefined
  }
}
