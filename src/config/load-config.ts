import type { Config } from '../shared/contract/types.ts'
import { ConfigError } from './config-error.ts'
import { parseConfig } from './parse-config.ts'
import { readEnv } from './read-env.ts'
import { readSecrets, type Secrets } from './secrets.ts'

export { ConfigError } from './config-error.ts'
export type { Secrets } from './secrets.ts'

/** Everything that a process is told when it starts. */
export interface Loaded {
  readonly config: Config
  readonly secrets: Secrets
}

/** Finds faults outside the environment, such as demo keys in production. It is given settings of the right form. */
export type FindFaults = (loaded: Loaded) => Promise<readonly string[]>

/**
 * Reads the configuration from the environment.
 * @param findFaults is asked as well, so that the operator gets every fault in one list.
 * @throws {ConfigError} with all faults at once.
 */
export async function loadConfig(env: Readonly<Record<string, string | undefined>>, findFaults?: FindFaults): Promise<Loaded> {
  const read = readEnv(env)
  const parsed = parseConfig(read.texts)
  const { secrets, faults: secretFaults } = readSecrets(read.texts, parsed.config)
  const loaded = { config: parsed.config, secrets }
  const found = parsed.isWellFormed && findFaults !== undefined ? await findFaults(loaded) : []
  const faults = [...read.faults, ...parsed.faults, ...secretFaults, ...found]
  if (faults.length > 0) throw new ConfigError(faults)
  return loaded
}
