import { bech32 } from '@scure/base'
import { hkdf } from '@noble/hashes/hkdf'
import { hmac } from '@noble/hashes/hmac'
import { sha256 } from '@noble/hashes/sha2'
import { utf8ToBytes } from '@noble/hashes/utils'

/** The age identity that follows from 32 secret bytes: the same on every device. */
export function identityFromSeed(seed: Uint8Array): string {
  return bech32.encodeFromBytes('AGE-SECRET-KEY-PQ-', seed).toUpperCase()
}

/** 32 bytes derived by HKDF-SHA256 from a secret, for one use. */
export function derivedSecret(secret: Uint8Array, salt: string, use: string): Uint8Array {
  return hkdf(sha256, secret, utf8ToBytes(salt), use, 32)
}

/** HMAC-SHA256 under a key that only holders of the vault identity can derive. age tells nobody who sealed a file; this does. */
export function vaultMac(vaultIdentity: string, message: Uint8Array): Uint8Array {
  const key = derivedSecret(bech32.decodeToBytes(vaultIdentity).bytes, '', 'vouchsafe/vault-index-mac/v1')
  return hmac(sha256, key, message)
}
