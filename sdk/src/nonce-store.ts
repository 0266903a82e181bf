import { PolicyError } from './errors.ts'
import { systemNowSeconds } from './times.ts'
import type { VerifiedAttestation } from './verify-attestation.ts'

/** Remembers what has been accepted. With several processes, put it into their common database. */
export interface NonceStore {
  /** Atomic: of all calls with one key, exactly one gets `true`. May forget the key after `expiresAtSeconds` (Unix time). */
  rememberOnce(key: string, expiresAtSeconds: number): Promise<boolean>
}

/**
 * Accepts a verified presentation once: the same holder cannot answer the same nonce again, however the token is spelled or signed anew.
 * @throws {PolicyError} `nonce-used`
 */
export async function acceptOnce(deps: { readonly nonceStore: NonceStore }, verified: VerifiedAttestation): Promise<void> {
  const key = JSON.stringify([verified.holder, verified.nonce])
  if (!(await deps.nonceStore.rememberOnce(key, verified.presentationExpiresAtSeconds))) throw new PolicyError('nonce-used')
}

/** A nonce store for one process; it forgets when the process ends, and expired keys as new ones come. */
export function memoryNonceStore({ nowSeconds = systemNowSeconds }: { readonly nowSeconds?: () => number } = {}): NonceStore {
  const expiries = new Map<string, number>()
  return {
    async rememberOnce(key, expiresAtSeconds) {
      forgetExpired(expiries, nowSeconds())
      if (expiries.has(key)) return false
      expiries.set(key, expiresAtSeconds)
      return true
    },
  }
}

/** Looks at the oldest first and stops at one that lives: presentations live alike, so that little is kept too long. */
function forgetExpired(expiries: Map<string, number>, nowSeconds: number): void {
  for (const [key, expiresAtSeconds] of expiries) {
    if (expiresAtSeconds > nowSeconds) return
    expiries.delete(key)
  }
}
