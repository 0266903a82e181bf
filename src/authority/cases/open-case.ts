import type { CaseRecord, OpenCaseRequest } from '../../shared/contract/types.ts'
import { AuthorityError } from '../../shared/errors.ts'
import { derivedId } from '../../shared/ids.ts'
import { policyOf } from '../../shared/policy.ts'
import { everyDocument } from '../../storage/collection.ts'
import { act, type Draft } from '../act.ts'
import { currentRoster } from '../roster/index.ts'
import type { CasesDeps } from './deps.ts'
import { closedStates } from './find-case.ts'

const lifeSeconds = 14 * 86_400
/** Each opening draws anew, so their number bounds how often an account can try for another panel. */
const mostOpeningsInPeriod = 5
const periodSeconds = 30 * 86_400

/** What opens a case. The same account and idempotency key name the same case. */
export interface OpenCaseInput extends OpenCaseRequest {
  readonly account: string
  readonly idempotencyKey: string
}

/**
 * Opens a case: the log holds the hash of the person's nonce together with the roster of that moment, before either side knows what the draw will give.
 * @throws {AuthorityError} `idempotency-key-reused`, `case-open-already`, `too-many-requests`, `not-found` for an unknown policy.
 * @see docs/protocol/panel.md
 */
export async function openCase(deps: CasesDeps, { account, idempotencyKey, purpose, policy, nonceHash }: OpenCaseInput): Promise<CaseRecord> {
  policyOf(policy)
  const id = derivedId('case', account, idempotencyKey)
  return deps.turns.take(`open-case/${account}`, async () => {
    const known = await deps.cases.get(id)
    if (known) return assertSameRequest(known, { purpose, policy, nonceHash })
    await assertMayOpen(deps, account)
    const { sequence, rosterHash } = await currentRoster(deps)
    const detail = { account, nonceHash, purpose, policy, rosterSequence: sequence, rosterHash }
    const now = deps.clock.nowSeconds()
    const opened = await act(deps, deps.cases, id, { kind: 'case', id: derivedId('act', id, 'open'), detail }, (): Draft<CaseRecord> => ({
      ...{ account, purpose, policy, nonceHash, rosterSequence: sequence, state: 'opened', round: 0 },
      ...{ openedAtSeconds: now, deadlineSeconds: now + lifeSeconds, duty: 'expire', dutyAtSeconds: now + lifeSeconds },
      ...{ consents: [], openings: [], verdicts: [], outcomes: [] },
    }))
    return assertSameRequest(opened, { purpose, policy, nonceHash })
  })
}

function assertSameRequest(known: CaseRecord, { purpose, policy, nonceHash }: OpenCaseRequest): CaseRecord {
  if (known.purpose !== purpose || known.policy !== policy || known.nonceHash !== nonceHash) {
    throw new AuthorityError('idempotency-key-reused', 'This key opened a case with another request.')
  }
  return known
}

/** One case at a time, and few in a month. */
async function assertMayOpen({ cases, clock }: CasesDeps, account: string): Promise<void> {
  let recent = 0
  for await (const { state, openedAtSeconds } of everyDocument(cases, 'account', [account])) {
    if (!closedStates.includes(state)) throw new AuthorityError('case-open-already', 'Another case of this account is still open.')
    if (openedAtSeconds > clock.nowSeconds() - periodSeconds) recent++
  }
  if (recent >= mostOpeningsInPeriod) throw new AuthorityError('too-many-requests', 'This account has opened as many cases as it can in thirty days.')
}
