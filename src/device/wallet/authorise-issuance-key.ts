import { exportJWK, generateKeyPair } from 'jose'
import type { EcPublicJwk, IssuanceKeyStatement } from '../../shared/contract/types.ts'
import { recalled, remember } from '../device-memory.ts'
import type { PrivateJwk } from './copies.ts'
import { signAsOwner, type Wallet } from './wallet.ts'

/** A fresh P-256 or Ed25519 key of this device. Secret. */
export async function newDeviceKey(alg: 'ES256' | 'EdDSA'): Promise<PrivateJwk> {
  const { privateKey } = await generateKeyPair(alg, { extractable: true, ...(alg === 'EdDSA' && { crv: 'Ed25519' }) })
  const { kty, crv, x, y, d } = await exportJWK(privateKey)
  return (kty === 'EC' ? { kty, crv, x, y, d } : { kty, crv, x, d }) as PrivateJwk
}

/** The public half of a key. */
export function publicHalf<J extends PrivateJwk>({ d: _d, ...jwk }: J): Omit<J, 'd'> {
  return jwk
}

/**
 * This device's issuance key for an attestation; the first time, a fresh one that the person's passkey authorises.
 * The key is remembered before it is sent, so that a lost answer loses nothing.
 * @throws {AuthorityProblem} `attestation-not-valid`, `not-found`
 */
export async function authoriseIssuanceKey(wallet: Wallet, attestation: string): Promise<PrivateJwk> {
  const name = `issuance-key ${attestation}`
  const known = await recalled<PrivateJwk>(wallet.memory, name)
  const key = known ?? (await newDeviceKey('ES256'))
  if (known === undefined) await remember(wallet.memory, name, key)
  const jwk = publicHalf(key) as EcPublicJwk
  const { data } = await wallet.api.attestations()
  const isAuthorised = data.some((each) => each.attestation === attestation && each.issuanceKeys.some(({ x, y }) => x === jwk.x && y === jwk.y))
  if (!isAuthorised) {
    const signed = await signAsOwner<IssuanceKeyStatement>(wallet, { kind: 'issuance-key', subject: attestation, subjectVersion: 0, jwk })
    await wallet.api.addIssuanceKey(attestation, { signed })
  }
  return key
}
