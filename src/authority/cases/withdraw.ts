import type { CaseRecord, WithdrawalRequest } from '../../shared/contract/types.ts'
import { statementHash } from '../../shared/statement.ts'
import { assertStatement, findAccount } from '../accounts/index.ts'
import { act, type Draft, isDone } from '../act.ts'
import type { CasesDeps } from './deps.ts'
import { assertCaseIn, findOwnCase } from './find-case.ts'

/**
 * Ends a case by the person's will. Of a withdrawal and a verdict at the same time one wins, never both: each needs the case as it was.
 * @throws {AuthorityError} `not-found`, `case-state`, `passkey-unknown`, `statement-refused`, `statement-expired`
 */
export async function withdraw(deps: CasesDeps, account: string, caseId: string, { signed }: WithdrawalRequest): Promise<CaseRecord> {
  const found = await findOwnCase(deps, account, caseId)
  const { statement } = signed
  const what = { kind: 'withdrawal', id: statement.id, detail: { statementHash: statementHash(statement) } }
  if (await isDone(deps, found, what)) return found
  const { passkeys } = await findAccount(deps, account)
  await assertStatement(deps, passkeys, signed, { subject: caseId, subjectVersion: found.round })
  const closedAtSeconds = deps.clock.nowSeconds()
  const withdrawn = await act(deps, deps.cases, caseId, what, (current): Draft<CaseRecord> => {
    assertCaseIn(current, ['opened', 'drawn', 'in-review', 'resubmission-needed', 'consent-needed'], closedAtSeconds)
    return { ...current, state: 'withdrawn', withdrawal: signed, closedAtSeconds, duty: 'purge', dutyAtSeconds: closedAtSeconds }
  })
  deps.kickDuties()
  return withdrawn
}
