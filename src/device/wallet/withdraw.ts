import type { CaseReply, WithdrawalStatement } from '../../shared/contract/types.ts'
import { changeVault } from '../vault/vault-store.ts'
import { signAsOwner, type Wallet } from './wallet.ts'

/**
 * Takes the consent back and ends the case; the submission is purged. The vault keeps the documents.
 * @throws {AuthorityProblem} `case-state` if the case is over already.
 */
export async function withdraw(wallet: Wallet, caseId: string): Promise<CaseReply> {
  const { round } = await wallet.api.case(caseId)
  const signed = await signAsOwner<WithdrawalStatement>(wallet, { kind: 'withdrawal', subject: caseId, subjectVersion: round })
  const reply = await wallet.api.withdraw(caseId, { signed })
  await forgetCase(wallet, caseId)
  return reply
}

/** Drops the secrets of a case that is over. */
export async function forgetCase(wallet: Wallet, caseId: string): Promise<void> {
  await changeVault(wallet, wallet.key, (index) => ({ ...index, cases: index.cases.filter((each) => each.case !== caseId) }))
}
