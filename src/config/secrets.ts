import { fromBase64url } from '../shared/base64url.ts'
import type { Config } from '../shared/contract/types.ts'
import type { EnvTexts } from './read-env.ts'
import { settings } from './settings.ts'

/** What must not be shown: kept apart from `Config`, so that settings can be printed. */
export interface Secrets {
  /** 32 bytes that unseal the private keys. In the test environment it may be left out; then it lies beside the keys. */
  readonly keySecret?: Uint8Array
  /** The store's address, which may hold a password: a file's path, or a MongoDB connection string. */
  readonly storeAddress: string
}

/** The secrets, and what is wrong with them: the third step. */
export function readSecrets(texts: EnvTexts['texts'], config: Config): { readonly secrets: Secrets; readonly faults: readonly string[] } {
  const storeAddress = texts.VOUCHSAFE_STORE?.replace(/^sqlite:/, '') ?? `${config.dataFolder}/vouchsafe.sqlite`
  const keySecret = keySecretOf(texts.VOUCHSAFE_KEY_SECRET)
  const secrets = keySecret === undefined ? { storeAddress } : { storeAddress, keySecret }
  return { secrets, faults: keySecretFaults(texts.VOUCHSAFE_KEY_SECRET, keySecret, config) }
}

function keySecretFaults(text: string | undefined, keySecret: Uint8Array | undefined, { environment }: Config): readonly string[] {
  if (text !== undefined && keySecret === undefined) return [`VOUCHSAFE_KEY_SECRET must be ${settings.VOUCHSAFE_KEY_SECRET.mustBe}`]
  return text === undefined && environment === 'production' ? ['VOUCHSAFE_KEY_SECRET must be set in production'] : []
}

function keySecretOf(text: string | undefined): Uint8Array | undefined {
  try {
    const bytes = text === undefined ? undefined : fromBase64url(text)
    return bytes?.length === 32 ? bytes : undefined
  } catch {
    return undefined
  }
}
