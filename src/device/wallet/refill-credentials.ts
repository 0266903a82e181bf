import { CompactSign, importJWK } from 'jose'
import { utf8ToBytes } from '@noble/hashes/utils'
import { newId } from '../../shared/ids.ts'
import { changeVault } from '../vault/vault-store.ts'
import { authoriseIssuanceKey, newDeviceKey, publicHalf } from './authorise-issuance-key.ts'
import { addCopies, type Copy, dropCopies, type PrivateJwk } from './copies.ts'
import type { Wallet } from './wallet.ts'

/** How many copies of which format. */
export interface Refill {
  readonly attestation: string
  readonly format: Copy['format']
  /** 1 to 100. */
  readonly count: number
}

/**
 * Gets fresh copies: one holder key a copy, each with proof of possession, asked for by this device's authorised key.
 * @throws {AuthorityProblem} `attestation-not-valid`, `issuance-key-unknown`, `batch-too-large`
 */
export async function refillCredentials(wallet: Wallet, { attestation, format, count }: Refill): Promise<readonly Copy[]> {
  const issuanceKey = await authoriseIssuanceKey(wallet, attestation)
  const holderKeys = await Promise.all(Array.from({ length: count }, () => newDeviceKey(format === 'vc+jwt' ? 'ES256' : 'EdDSA')))
  const request = await issuanceRequest(wallet, issuanceKey, { attestation, format, holderKeys })
  const { credentials } = await wallet.api.requestBatch(attestation, { request })
  const copies = credentials.flatMap((credential, at) => (holderKeys[at] ? [{ attestation, format, credential, holderKey: holderKeys[at] }] : []))
  await dropDeadCopies(wallet)
  await addCopies(wallet.memory, copies)
  const line = { atSeconds: wallet.clock.nowSeconds(), what: 'credentials-issued', about: attestation } as const
  await changeVault(wallet, wallet.key, (index) => ({ ...index, history: [...index.history, line] }))
  return copies
}

/** Copies of attestations that are valid no more would only be refused. */
async function dropDeadCopies({ api, memory }: Wallet): Promise<void> {
  const dead = (await api.attestations()).data.filter(({ state }) => state === 'revoked').map((each) => each.attestation)
  await dropCopies(memory, (copy) => dead.includes(copy.attestation))
}

async function issuanceRequest(
  wallet: Wallet,
  key: PrivateJwk,
  asked: { attestation: string; format: Copy['format']; holderKeys: readonly PrivateJwk[] },
): Promise<string> {
  const jti = newId('request')
  const aud = wallet.trust.issuer
  const proofs = await Promise.all(asked.holderKeys.map((holder) => signedJws(holder, 'vouchsafe-holder-proof+jwt', { aud, nonce: jti })))
  const payload = {
    iss: asked.attestation,
    aud,
    jti,
    iat: wallet.clock.nowSeconds(),
    format: asked.format,
    holderKeys: asked.holderKeys.map(publicHalf),
    proofs,
  }
  return signedJws(key, 'vouchsafe-issuance+jwt', payload)
}

async function signedJws(key: PrivateJwk, typ: string, payload: object): Promise<string> {
  const alg = key.kty === 'EC' ? 'ES256' : 'EdDSA'
  const header = { alg, typ, jwk: publicHalf(key) }
  return new CompactSign(utf8ToBytes(JSON.stringify(payload))).setProtectedHeader(header).sign(await importJWK({ ...key }, alg))
}
