import type { CaseDeskRecord, CaseRecord } from '../../shared/contract/types.ts'
import { AuthorityError } from '../../shared/errors.ts'
import type { CasesDeps } from './deps.ts'

/** States in which a case is over. */
export const closedStates: readonly CaseRecord['state'][] = ['attested', 'recovery-needed', 'rejected', 'withdrawn', 'expired', 'refused']

/** A consent as the case keeps it. */
export type SignedConsent = CaseRecord['consents'][number]

/**
 * A case of this account.
 * @throws {AuthorityError} `not-found`, also for another person's case.
 */
export async function findOwnCase({ cases }: Pick<CasesDeps, 'cases'>, account: string, caseId: string): Promise<CaseRecord> {
  const found = await cases.get(caseId)
  if (found?.account !== account) throw new AuthorityError('not-found', 'There is no such case.')
  return found
}

/**
 * The draw of a case.
 * @throws {AuthorityError} `case-state` before the nonce was revealed.
 */
export function drawOf({ draw }: Pick<CaseRecord, 'draw'>): NonNullable<CaseRecord['draw']> {
  if (!draw) throw new AuthorityError('case-state', 'The panel has not been drawn yet.')
  return draw
}

/** The consent that is in force: the last one. */
export function latestConsent({ consents }: Pick<CaseRecord, 'consents'>): SignedConsent | undefined {
  return consents.at(-1)
}

/** The reviewer next in rank whom the person may accept, while the case waits for that. */
export function offeredReviewer(found: Pick<CaseRecord, 'state' | 'draw' | 'consents'>): string | undefined {
  if (found.state !== 'consent-needed') return undefined
  const panel = latestConsent(found)?.statement.panel ?? []
  return found.draw?.ranking[panel.length]
}

/** The desk of a case that has none yet. */
export const emptyDesk: Omit<CaseDeskRecord, 'id' | 'version'> = { uploads: [], leases: [] }

/**
 * The case in a decision, which must be there and be in one of these states.
 * @throws {AuthorityError} `not-found`, `case-state`, `case-expired`
 */
export function assertCaseIn(current: CaseRecord | undefined, states: readonly CaseRecord['state'][], nowSeconds: number): asserts current is CaseRecord {
  if (!current) throw new AuthorityError('not-found', 'There is no such case.')
  if (!states.includes(current.state)) throw new AuthorityError('case-state', 'The case is not in a state that allows this.')
  if (current.deadlineSeconds <= nowSeconds) throw new AuthorityError('case-expired', 'The time of this case is over.')
}
