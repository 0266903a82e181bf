import type { CaseReply } from '../../shared/contract/types.ts'
import { readVault } from '../vault/vault-store.ts'
import { forgetCase } from './withdraw.ts'
import type { Wallet } from './wallet.ts'

const endStates: readonly CaseReply['state'][] = ['attested', 'recovery-needed', 'rejected', 'withdrawn', 'expired', 'refused']

/** Whether nothing more can happen in a case. */
export function isOver({ state }: Pick<CaseReply, 'state'>): boolean {
  return endStates.includes(state)
}

/** The person's cases, newest last. Secrets of those that are over are dropped from the vault. */
export async function followCases(wallet: Wallet): Promise<readonly CaseReply[]> {
  const { data } = await wallet.api.cases()
  const { index } = await readVault(wallet, wallet.key)
  for (const { case: caseId } of data.filter(isOver)) {
    if (index.cases.some((each) => each.case === caseId)) await forgetCase(wallet, caseId)
  }
  return data.toSorted((a, b) => a.openedAtSeconds - b.openedAtSeconds)
}
