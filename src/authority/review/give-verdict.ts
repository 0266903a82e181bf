import type { CaseRecord, RosterEntry, VerdictReply, VerdictRequest, VerdictStatement } from '../../shared/contract/types.ts'
import { AuthorityError } from '../../shared/errors.ts'
import { labelledHashBase64url } from '../../shared/hash.ts'
import { derivedId } from '../../shared/ids.ts'
import { assertTagsComplete } from '../../shared/tags.ts'
import { policyOf } from '../../shared/policy.ts'
import { statementHash } from '../../shared/statement.ts'
import { assertStatement } from '../accounts/index.ts'
import { act, change, type Draft, isDone } from '../act.ts'
import { assertCaseIn, latestConsent } from '../cases/index.ts'
import type { ReviewDeps } from './deps.ts'
import { findPanelCase, hasJudged, requireLease, requireReviewer } from './desk.ts'
import { decideRound, type ListedVerdict } from './verdict-table.ts'

/**
 * Takes a reviewer's signed verdict. It is a document of its own, and has effect when the case's own compare-and-swap lists it;
 * so a withdrawal and a verdict cannot both win, and two last verdicts cannot both decide.
 * @throws {AuthorityError} `role-required`, `not-on-panel`, `own-case`, `lease-required`, `opening-required`, `verdict-already-given`, `verdict-mismatch`, `checklist-incomplete`, `reasons-required`, `tags-required`, `passkey-unknown`, `statement-refused`, `statement-expired`, `case-state`
 */
export async function giveVerdict(deps: ReviewDeps, account: string, caseId: string, { signed }: VerdictRequest): Promise<VerdictReply> {
  const entry = await requireReviewer(deps, account)
  const found = await findPanelCase(deps, entry, caseId)
  const { statement } = signed
  const verdict = derivedId('verdict', caseId, statement.subjectVersion, entry.reviewer, statement.id)
  const reply = { verdict, case: caseId, round: statement.subjectVersion }
  const what = {
    kind: 'verdict',
    id: statement.id,
    detail: { statementHash: statementHash(statement), reviewer: entry.reviewer, round: statement.subjectVersion },
  }
  if (await isDone(deps, found, what)) return reply
  if (hasJudged(found, entry.reviewer)) throw new AuthorityError('verdict-already-given', 'You have given your verdict in this round.')
  assertCaseIn(found, ['in-review'], deps.clock.nowSeconds())
  await assertStatement(deps, [entry.passkey], signed, { subject: caseId, subjectVersion: found.round })
  await requireLease(deps, found, entry.reviewer)
  assertAbout(found, entry, statement)
  assertComplete(deps, found, statement)

  const record = { case: caseId, round: found.round, reviewer: entry.reviewer, signed, atSeconds: deps.clock.nowSeconds() }
  await change(deps, deps.verdicts, verdict, (stored) => stored ?? record)
  const listed = { verdict, reviewer: entry.reviewer, round: found.round, kind: statement.verdict, tagsHash: tagsHash(statement), reasons: statement.reasons }
  await act(deps, deps.cases, caseId, what, (current) => withVerdict(deps, current, statement, listed))
  deps.kickDuties()
  return reply
}

/** The case with one more verdict, and what follows from it. Pure but for the time. */
function withVerdict(
  { clock }: Pick<ReviewDeps, 'clock'>,
  current: CaseRecord | undefined,
  statement: VerdictStatement,
  listed: ListedVerdict,
): Draft<CaseRecord> {
  const now = clock.nowSeconds()
  assertCaseIn(current, ['in-review'], now)
  if (hasJudged(current, listed.reviewer)) throw new AuthorityError('verdict-already-given', 'You have given your verdict in this round.')
  const consent = latestConsent(current)?.statement
  if (consent?.evidenceHash !== statement.evidenceHash || current.round !== listed.round) throw mismatch()
  const verdicts = [...current.verdicts, listed]
  const result = decideRound(verdicts.filter(({ round }) => round === current.round), consent.panel.length) // prettier-ignore
  if (result.kind === 'open') return { ...current, verdicts }
  if (result.kind === 'consent-needed') return { ...current, verdicts, state: 'consent-needed' }
  const outcomes = [...current.outcomes, { round: current.round, outcome: result.outcome, reasons: result.reasons }]
  const decided = { ...current, verdicts, outcomes }
  if (result.outcome === 'approve') return { ...decided, state: 'approved', duty: 'attest', dutyAtSeconds: now }
  if (result.outcome === 'reject') return { ...decided, state: 'rejected', closedAtSeconds: now, duty: 'purge', dutyAtSeconds: now }
  return { ...decided, state: 'resubmission-needed' }
}

function assertAbout(found: CaseRecord, entry: RosterEntry, statement: VerdictStatement): void {
  if (statement.reviewer !== entry.reviewer || statement.evidenceHash !== latestConsent(found)?.statement.evidenceHash) throw mismatch()
  const opened = found.openings.find(({ opening }) => opening === statement.opening)
  if (opened?.reviewer !== entry.reviewer || opened.round !== found.round) throw new AuthorityError('opening-required', 'Open the case before you judge it.')
}

function assertComplete({ oprfKeys }: ReviewDeps, found: CaseRecord, { verdict, checklist, tags, reasons }: VerdictStatement): void {
  const files = latestConsent(found)?.statement.evidence.files ?? []
  if (reasons.some(({ sha256 }) => !files.some((file) => file.sha256 === sha256))) throw mismatch()
  if (verdict === 'approve') {
    const missing = policyOf(found.policy).checklist.filter(({ id }) => !checklist.includes(id))
    if (missing.length > 0) throw new AuthorityError('checklist-incomplete', 'Approval needs every point of the checklist.')
    assertTagsComplete(files, tags, oprfKeys.map(({ id }) => id)) // prettier-ignore
  } else if (verdict !== 'cannot-open' && reasons.length === 0) throw new AuthorityError('reasons-required', 'This verdict needs reasons.')
}

/** A hash over the tags, so that the case can tell whether two approvals name the same ones. */
function tagsHash({ tags }: VerdictStatement): string {
  return labelledHashBase64url('vouchsafe/tags/v1', tags)
}

function mismatch(): AuthorityError {
  return new AuthorityError('verdict-mismatch', 'The verdict is not about this case, round and evidence.')
}
