import type { DeviceMemory } from '../../src/device/device-memory.ts'
import { type BrowserStore, browserStore } from './browser-store.ts'

const keyName = 'key'

/**
 * What this browser needs to present: copies of credentials and their holder keys, and nothing that opens a vault.
 * Each value is encrypted under an AES key that this browser made and never shows, so that what lies on the disk is of no use elsewhere.
 */
export function credentialMemory(store: BrowserStore = browserStore('vouchsafe-credentials')): DeviceMemory & { forget(): Promise<void> } {
  return {
    get: async (name) => {
      const held = await store.get(name)
      return held === undefined ? undefined : opened(await keyOf(store), name, held as Sealed)
    },
    set: async (name, value) => store.set(name, await sealed(await keyOf(store), name, value)),
    forget: async () => {
      for (const name of await store.keys()) await store.remove(name)
    },
  }
}

interface Sealed {
  readonly iv: Uint8Array<ArrayBuffer>
  readonly bytes: ArrayBuffer
}

/** Made once, even if two windows ask at the same time. */
async function keyOf(store: BrowserStore): Promise<CryptoKey> {
  return navigator.locks.request('vouchsafe-credential-key', () => foundOrMade(store))
}

async function foundOrMade(store: BrowserStore): Promise<CryptoKey> {
  const held = await store.get(keyName)
  if (held instanceof CryptoKey) return held
  const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
  await store.set(keyName, key)
  return key
}

/** The name is authenticated too, so that values cannot be exchanged. */
async function sealed(key: CryptoKey, name: string, value: string): Promise<Sealed> {
  const iv = crypto.getRandomValues(new Uint8Array(12))
  return { iv, bytes: await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: utf8(name) }, key, utf8(value)) }
}

async function opened(key: CryptoKey, name: string, { iv, bytes }: Sealed): Promise<string> {
  return new TextDecoder().decode(await crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData: utf8(name) }, key, bytes))
}

function utf8(text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(new TextEncoder().encode(text))
}
