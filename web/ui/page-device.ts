import { createApiClient } from '../../src/device/api/api-client.ts'
import { createAuthorityApi } from '../../src/device/api/authority-api.ts'
import { type BrowserPasskey, browserPasskey } from '../../src/device/browser-passkey.ts'
import type { Device } from '../../src/device/device.ts'
import type { DeviceMemory } from '../../src/device/device-memory.ts'
import { systemClock } from '../../src/shared/clock.ts'
import { browserStore } from './browser-store.ts'
import { credentialMemory } from './credential-memory.ts'

/** This browser as a person's device. */
export interface PageDevice extends Device {
  readonly authenticator: BrowserPasskey
  readonly pageOrigin: string
}

/** The account whose passkey this browser has met last. Ids only: no key is kept. */
export interface KnownAccount {
  readonly account: string
  readonly credentialId: string
}

const general = browserStore('vouchsafe-device')
const credentials = credentialMemory()
const accountKey = 'known-account'

/** What belongs to the authority, and stays when an account is forgotten: the pinned root key and the log that was seen. */
const kept: readonly string[] = ['trust-pin', 'checkpoint']

/** Makes the page's device: sessions travel in the cookie, and what must be remembered lies in IndexedDB. */
export function pageDevice(): PageDevice {
  const client = createApiClient({ issuer: location.origin, carrier: 'cookie', fetch: (input, init) => fetch(input, init) })
  return { api: createAuthorityApi(client), authenticator: browserPasskey(), memory: pageMemory, clock: systemClock, pageOrigin: location.origin }
}

/** Copies and issuance keys lie apart from the rest, where `/present` finds them. */
const pageMemory: DeviceMemory = {
  get: async (key) => {
    if (isOfCredentials(key)) return credentials.get(key)
    const value = await general.get(key)
    return typeof value === 'string' ? value : undefined
  },
  set: (key, value) => (isOfCredentials(key) ? credentials : general).set(key, value),
}

function isOfCredentials(key: string): boolean {
  return key === 'copies' || key.startsWith('issuance-key ')
}

/** The account that this browser knows, if any. */
export async function knownAccount(): Promise<KnownAccount | undefined> {
  const text = await pageMemory.get(accountKey)
  return text === undefined ? undefined : (JSON.parse(text) as KnownAccount)
}

/** Remembers an account; all that was remembered of another one is dropped. */
export async function rememberAccount(known: KnownAccount): Promise<void> {
  const before = await knownAccount()
  if (before !== undefined && before.account !== known.account) await forgetAccount()
  await pageMemory.set(accountKey, JSON.stringify(known))
}

/** Takes the account, its copies and their keys off this browser. */
export async function forgetAccount(): Promise<void> {
  for (const key of await general.keys()) if (!kept.includes(key)) await general.remove(key)
  await credentials.forget()
}
