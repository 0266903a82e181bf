import type { AttestationReply, RevocationStatement } from '../../shared/contract/types.ts'
import { changeVault } from '../vault/vault-store.ts'
import { signAsOwner, type Wallet } from './wallet.ts'

/**
 * Revokes an attestation: every copy of it, on every device, at once and for good.
 * @throws {AuthorityProblem} `attestation-not-valid`, `not-found`
 */
export async function revoke(wallet: Wallet, attestation: string): Promise<AttestationReply> {
  const signed = await signAsOwner<RevocationStatement>(wallet, { kind: 'revocation', subject: attestation, subjectVersion: 0 })
  const reply = await wallet.api.revoke(attestation, { signed })
  const line = { atSeconds: wallet.clock.nowSeconds(), what: 'revoked', about: attestation } as const
  await changeVault(wallet, wallet.key, (index) => ({ ...index, history: [...index.history, line] }))
  return reply
}
