import type { AttestationRecord, CaseRecord, DecisionRecord } from '../../shared/contract/types.ts'
import { isAuthorityError } from '../../shared/errors.ts'
import { labelledHashBase64url } from '../../shared/hash.ts'
import { derivedId } from '../../shared/ids.ts'
import { policyOf } from '../../shared/policy.ts'
import { act, type Draft } from '../act.ts'
import { casesWithDuty } from '../cases/index.ts'
import type { Duty } from '../duty.ts'
import { personOf, releaseTags, resolvePerson, settlePerson } from '../uniqueness/index.ts'
import type { AttestationsDeps } from './deps.ts'
import { gatherDecision } from './gather-decision.ts'
import type { Decision } from './judge/decision.ts'
import { judge } from './judge/judge.ts'

/**
 * approved → attested, or refused, or recovery-needed. Every step is idempotent: its ids derive from the case.
 * An approval that is in the store but not in the signatures and the log gives nothing: `judge` refuses it.
 */
export function attestDuty(deps: AttestationsDeps): Duty<CaseRecord> {
  return {
    name: 'attest',
    due: (nowSeconds) => casesWithDuty(deps, 'attest', nowSeconds),
    async perform(found) {
      try {
        await attestCase(deps, found)
      } catch (error) {
        if (!isAuthorityError(error, 'not-attestable')) throw error
        await closeCase(deps, found, 'refused', 'not-attestable')
      }
    },
  }
}

async function attestCase(deps: AttestationsDeps, found: CaseRecord): Promise<void> {
  const unnamed = await gatherDecision(deps, found, derivedId('person', found.id))
  await judge(unnamed, deps.trust)
  const { tags } = unnamed
  if (await isReviewersOwn(deps, unnamed)) return closeCase(deps, found, 'refused', 'own-case')
  const resolution = await resolvePerson(deps, found, tags)
  if (resolution.kind === 'wait') return
  if (resolution.kind !== 'person') {
    await releaseTags(deps, found.id, tags)
    return closeCase(deps, found, resolution.kind === 'disputed' ? 'refused' : 'recovery-needed', resolution.kind)
  }
  const attestation = derivedId('attestation', found.id)
  const decision = { ...unnamed, person: resolution.person }
  const record = await keepDecision(deps, attestation, decision)
  await settlePerson(deps, found, resolution.person, tags)
  await attest(deps, attestation, record)
  await closeCase(deps, found, 'attested', undefined, attestation)
}

/** Writes the decision record once; a repeated duty finds the first. */
function keepDecision(deps: AttestationsDeps, id: string, decision: Decision): Promise<DecisionRecord> {
  const detail = { case: decision.case, decisionHash: labelledHashBase64url('vouchsafe/decision/v1', decision) }
  return act(
    deps,
    deps.decisionRecords,
    id,
    { kind: 'decision', id: derivedId('act', id, 'decision'), detail },
    (current): Draft<DecisionRecord> => current ?? decision,
  )
}

function attest(deps: AttestationsDeps, id: string, { person, account, case: caseId, policy, decidedAtSeconds }: DecisionRecord): Promise<AttestationRecord> {
  const validUntilSeconds = decidedAtSeconds + policyOf(policy).validityDays * 86_400
  const what = { kind: 'attestation', id: derivedId('act', id, 'attest'), detail: { case: caseId } }
  return act(
    deps,
    deps.attestations,
    id,
    what,
    (current): Draft<AttestationRecord> =>
      current ?? {
        ...{ person, account, case: caseId, policy, state: 'valid', attestedAtSeconds: decidedAtSeconds, validUntilSeconds, issuanceKeys: [], batches: [] },
      },
  )
}

async function closeCase(deps: AttestationsDeps, found: CaseRecord, state: CaseRecord['state'], refusal?: string, attestation?: string): Promise<void> {
  const closedAtSeconds = deps.clock.nowSeconds()
  const what = { kind: 'case', id: derivedId('duty', found.id, 'decided'), detail: { state } }
  await act(deps, deps.cases, found.id, what, (current = found): Draft<CaseRecord> => ({
    ...current,
    ...{ state, closedAtSeconds, duty: 'purge', dutyAtSeconds: closedAtSeconds },
    ...(refusal !== undefined && { refusal }),
    ...(attestation !== undefined && { attestation }),
  }))
  deps.kickDuties()
}

/** Whether a reviewer who approved is the applicant's own person, under whatever account. */
async function isReviewersOwn(deps: AttestationsDeps, { account, verdicts, rosterStatements }: Decision): Promise<boolean> {
  const applicant = await personOf(deps, account)
  if (applicant === undefined) return false
  const reviewers = verdicts.map(({ statement }) => statement.reviewer)
  const accounts = rosterStatements.flatMap(({ statement: { entry } }) => (reviewers.includes(entry.reviewer) ? [entry.account] : []))
  return (await Promise.all(accounts.map((reviewerAccount) => personOf(deps, reviewerAccount)))).includes(applicant)
}
