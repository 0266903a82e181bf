import type { EvaluationReply, EvaluationRequest } from '../../shared/contract/types.ts'
import { AuthorityError } from '../../shared/errors.ts'
import { change } from '../act.ts'
import { emptyDesk } from '../cases/index.ts'
import { findPanelCase, requireLease, requireReviewer, type ReviewDeps } from '../review/index.ts'
import type { UniquenessDeps } from './deps.ts'
import { countInputs, evaluateBlinded } from './evaluate-blinded.ts'

/** Inputs that one lease may have evaluated: enough for each document and some typing errors, too few for guessing numbers. */
const evaluationsPerLease = 24

/**
 * Evaluates blinded document numbers for a reviewer under a living lease. Counted before it is done.
 * @throws {AuthorityError} `role-required`, `not-on-panel`, `own-case`, `lease-required`, `evaluation-refused`, `evaluation-limit`
 */
export async function evaluateForCase(
  deps: UniquenessDeps & ReviewDeps,
  account: string,
  caseId: string,
  request: EvaluationRequest,
): Promise<EvaluationReply> {
  const entry = await requireReviewer(deps, account)
  const found = await findPanelCase(deps, entry, caseId)
  const { lease: leaseId } = await requireLease(deps, found, entry.reviewer)
  const count = countInputs(request)
  await change(deps, deps.caseDesks, caseId, (stored) => {
    const desk = stored ?? emptyDesk
    const lease = desk.leases.find((held) => held.lease === leaseId)
    if (!lease || lease.evaluations + count > evaluationsPerLease) throw new AuthorityError('evaluation-limit', 'The evaluations of this lease are used up.')
    return { ...desk, leases: desk.leases.map((held) => (held === lease ? { ...held, evaluations: held.evaluations + count } : held)) }
  })
  return evaluateBlinded(deps, request)
}
