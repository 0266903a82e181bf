import type { AttestationRecord, CaseRecord, DecisionRecord } from '../../shared/contract/types.ts'
import { AuthorityError, isAuthorityError } from '../../shared/errors.ts'
import { derivedId } from '../../shared/ids.ts'
import { policyOf } from '../../shared/policy.ts'
import { everyDocument } from '../../storage/collection.ts'
import { act, type Draft } from '../act.ts'
import { casesWithDuty } from '../cases/index.ts'
import type { Duty } from '../duty.ts'
import { personOf, releaseTags, resolvePerson, settlePerson } from '../uniqueness/index.ts'
import type { AttestationsDeps } from './deps.ts'
import { gatherDecision } from './gather-decision.ts'
import { countersOf } from './holder-acts.ts'
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
  await deps.audit.catchUp()
  // Until a withdrawal that lost the race is void nobody can tell, so it waits; one that is never void stands, whatever the row says.
  if (deps.audit.takenBack('withdrawal').has(found.id)) return
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
  await supersedeOthers(deps, record)
  await closeCase(deps, found, 'attested', undefined, attestation)
}

/** Writes the decision record once; a repeated duty finds the first. */
function keepDecision(deps: AttestationsDeps, id: string, decision: Decision): Promise<DecisionRecord> {
  const detail = { case: decision.case }
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

/** A person has one attestation at a time: the new one takes the place of those before it. */
async function supersedeOthers(deps: AttestationsDeps, { id: attestation, account, decidedAtSeconds }: DecisionRecord): Promise<void> {
  for await (const other of everyDocument(deps.attestations, 'account', [account])) {
    if (other.id === attestation || other.state === 'revoked' || other.attestedAtSeconds > decidedAtSeconds) continue
    const what = { kind: 'revocation', id: derivedId('duty', other.id, 'superseded'), detail: { supersededBy: attestation, counters: countersOf(other) } }
    const changedAtSeconds = deps.clock.nowSeconds()
    await act(deps, deps.attestations, other.id, what, (current = other): Draft<AttestationRecord> => ({ ...current, state: 'revoked', changedAtSeconds }))
    deps.statusChanged()
  }
}

async function closeCase(deps: AttestationsDeps, found: CaseRecord, state: CaseRecord['state'], refusal?: string, attestation?: string): Promise<void> {
  const closedAtSeconds = deps.clock.nowSeconds()
  const what = { kind: 'case', id: derivedId('duty', found.id, 'decided'), detail: { state } }
  await act(deps, deps.cases, found.id, what, (current = found): Draft<CaseRecord> => {
    if (current.state !== 'approved') throw new AuthorityError('case-state', 'Only an approved case is decided.')
    const refused = refusal !== undefined && { refusal }
    return { ...current, state, closedAtSeconds, duty: 'purge', dutyAtSeconds: closedAtSeconds, ...refused, ...(attestation !== undefined && { attestation }) }
  })
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
