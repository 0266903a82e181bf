import { calculateJwkThumbprint, flattenedVerify, importJWK, type JWK } from 'jose'
import type { SignedTrustFile, TrustFile } from './contract/types.ts'
import { fromBase64url } from './base64url.ts'
import { type Checkpoint, verifiedCheckpoint } from './checkpoint.ts'
import { AuthorityError } from './errors.ts'
import type { WebauthnScope } from './verify-assertion.ts'

/** Header type of the signed trust file. */
export const trustFileType = 'vouchsafe-trust+json'

/**
 * Reads the trust file, checking that the root key with this thumbprint (RFC 7638, SHA-256) signed it and that it has not expired.
 * Without a thumbprint the root key is taken on first use; the caller must remember it. Without an issuer the caller must look at whose it is.
 * @throws {AuthorityError} `statement-refused`
 */
export async function verifiedTrust(
  signed: SignedTrustFile,
  expected: { readonly issuer: string | undefined; readonly rootThumbprint: string | undefined; readonly nowSeconds: number },
): Promise<{ readonly trust: TrustFile; readonly rootThumbprint: string }> {
  const root = rootJwk(signed)
  const rootThumbprint = await calculateJwkThumbprint(root)
  if (expected.rootThumbprint !== undefined && rootThumbprint !== expected.rootThumbprint) throw refused('The trust file is signed by another root key.')
  const { payload } = await flattenedVerify(signed, await importJWK(root, 'ES256'), { algorithms: ['ES256'] }).catch(() => {
    throw refused('The signature of the trust file is wrong.')
  })
  const trust = JSON.parse(new TextDecoder().decode(payload)) as TrustFile
  if (expected.issuer !== undefined && trust.issuer !== expected.issuer) throw refused('The trust file is of another issuer.')
  if (trust.expiresAtSeconds <= expected.nowSeconds) throw refused('The trust file has expired.')
  return { trust, rootThumbprint }
}

/** The scope in which passkeys of this authority sign. */
export function webauthnScope(trust: TrustFile): WebauthnScope {
  return { rpId: trust.rpId, origins: trust.origins }
}

/** The verifier keys of the log that may still be trusted, newest last. */
export function logVerifierKeys(trust: TrustFile): string[] {
  return trust.keys.flatMap((key) => (key.use === 'log' && key.state !== 'compromised' && key.verifierKey !== undefined ? [key.verifierKey] : []))
}

/**
 * Reads a signed checkpoint by whichever log key of the trust file made it.
 * @throws {AuthorityError} `statement-refused` if none did.
 */
export function checkpointSignedByLog(trust: TrustFile, note: string): Checkpoint {
  for (const key of logVerifierKeys(trust)) {
    try {
      return verifiedCheckpoint(note, key)
    } catch {
      // Another log key may have signed it.
    }
  }
  throw refused('No log key of the trust file signed the checkpoint.')
}

function rootJwk(signed: SignedTrustFile): JWK {
  const header = JSON.parse(new TextDecoder().decode(fromBase64url(signed.protected))) as { typ?: string; jwk?: JWK }
  if (header.typ !== trustFileType || header.jwk?.kty !== 'EC') throw refused('This is not a trust file.')
  const { kty, crv, x, y } = header.jwk
  return { kty, ...(crv && { crv }), ...(x && { x }), ...(y && { y }) }
}

function refused(message: string): AuthorityError {
  return new AuthorityError('statement-refused', message)
}
