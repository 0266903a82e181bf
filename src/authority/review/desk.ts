import type { CaseDeskRecord, CaseRecord, LeaseReply, ReviewQueueReply, RosterEntry } from '../../shared/contract/types.ts'
import { AuthorityError } from '../../shared/errors.ts'
import { newId } from '../../shared/ids.ts'
import type { Cursor } from '../../storage/collection.ts'
import { change } from '../act.ts'
import { assertCaseIn, emptyDesk, latestConsent } from '../cases/index.ts'
import { findReviewer } from '../roster/index.ts'
import type { ReviewDeps } from './deps.ts'
import { decideRound } from './verdict-table.ts'

/** How long a reviewer has a case for, in seconds. */
const leaseSeconds = 1800

/** A reviewer's lease, as the desk keeps it. */
export type Lease = CaseDeskRecord['leases'][number]

/**
 * The reviewer that this account is, now.
 * @throws {AuthorityError} `role-required`
 */
export async function requireReviewer(deps: ReviewDeps, account: string): Promise<RosterEntry> {
  const entry = await findReviewer(deps, account)
  if (!entry) throw new AuthorityError('role-required', 'Only a reviewer on the roster may do this.')
  return entry
}

/**
 * The case that a reviewer may work on: its consent in force names them, and it is not about their own person.
 * @throws {AuthorityError} `not-on-panel`, also for a case that does not exist; `own-case`
 */
export async function findPanelCase(deps: ReviewDeps, entry: RosterEntry, caseId: string): Promise<CaseRecord> {
  const found = await deps.cases.get(caseId)
  if (found && (await isOwnCase(deps, entry, found))) throw new AuthorityError('own-case', 'Nobody judges their own person.')
  if (!found || !isOnPanel(found, entry.reviewer)) throw new AuthorityError('not-on-panel', 'There is nothing here for you.')
  return found
}

/** Cases that this reviewer may claim, oldest first. */
export async function reviewQueue(deps: ReviewDeps, account: string, cursor: Cursor | undefined): Promise<ReviewQueueReply> {
  const entry = await requireReviewer(deps, account)
  const now = deps.clock.nowSeconds()
  const page = await deps.cases.page('state', ['in-review'], cursor, 100)
  const mine = page.data.filter((found) => isOnPanel(found, entry.reviewer) && !hasJudged(found, entry.reviewer) && found.deadlineSeconds > now)
  const free: CaseRecord[] = []
  for (const found of mine) if (isSeatFree(found, await deps.caseDesks.get(found.id), entry.reviewer, now)) free.push(found)
  const data = free.map(({ id, round, policy, purpose, deadlineSeconds }) => ({ case: id, round, policy, purpose, deadlineSeconds }))
  return { data, ...(page.next && { next: page.next }) }
}

/**
 * Claims a case for a time. At most as many reviewers as verdicts are still wanted look at a case at once, so that nobody more sees the documents.
 * @throws {AuthorityError} `role-required`, `not-on-panel`, `own-case`, `case-state`, `case-expired`, `lease-held`, `verdict-already-given`
 */
export async function claimCase(deps: ReviewDeps, account: string, caseId: string): Promise<LeaseReply> {
  const entry = await requireReviewer(deps, account)
  const found = await findPanelCase(deps, entry, caseId)
  const now = deps.clock.nowSeconds()
  assertCaseIn(found, ['in-review'], now)
  if (hasJudged(found, entry.reviewer)) throw new AuthorityError('verdict-already-given', 'You have given your verdict in this round.')
  const lease: Lease = {
    lease: newId('lease', deps.random),
    reviewer: entry.reviewer,
    round: found.round,
    expiresAtSeconds: now + leaseSeconds,
    evaluations: 0,
  }
  const desk = await change(deps, deps.caseDesks, caseId, (stored) => {
    const current = stored ?? emptyDesk
    if (liveLease(current, found, entry.reviewer, now)) return current
    if (!isSeatFree(found, current, entry.reviewer, now)) throw new AuthorityError('lease-held', 'Nobody more is needed on this case now.')
    return { ...current, leases: [...current.leases.filter(({ expiresAtSeconds }) => expiresAtSeconds > now), lease] }
  })
  const held = liveLease(desk, found, entry.reviewer, now) ?? lease
  return { lease: held.lease, case: caseId, round: held.round, expiresAtSeconds: held.expiresAtSeconds }
}

/**
 * The reviewer's living lease on the present round of a case.
 * @throws {AuthorityError} `lease-required`
 */
export async function requireLease(deps: ReviewDeps, found: CaseRecord, reviewer: string): Promise<Lease> {
  const lease = liveLease((await deps.caseDesks.get(found.id)) ?? emptyDesk, found, reviewer, deps.clock.nowSeconds())
  if (!lease) throw new AuthorityError('lease-required', 'Claim the case first; your lease may have run out.')
  return lease
}

/** The living lease of a reviewer, if any. Pure. */
function liveLease({ leases }: Pick<CaseDeskRecord, 'leases'>, { round }: Pick<CaseRecord, 'round'>, reviewer: string, nowSeconds: number): Lease | undefined {
  return leases.find((lease) => lease.reviewer === reviewer && lease.round === round && lease.expiresAtSeconds > nowSeconds)
}

/** Whether the reviewer has given a verdict in the present round. */
export function hasJudged({ verdicts, round }: CaseRecord, reviewer: string): boolean {
  return verdicts.some((verdict) => verdict.reviewer === reviewer && verdict.round === round)
}

/** Whether the case is about the reviewer: the same account, or another account of the same person. */
async function isOwnCase({ personOf }: Pick<ReviewDeps, 'personOf'>, entry: RosterEntry, found: CaseRecord): Promise<boolean> {
  if (entry.account === found.account) return true
  const person = await personOf(entry.account)
  return person !== undefined && person === (await personOf(found.account))
}

function isOnPanel(found: CaseRecord, reviewer: string): boolean {
  return latestConsent(found)?.statement.panel.some((member) => member.reviewer === reviewer) === true
}

/** Whether one more reviewer is wanted than hold living leases. */
function isSeatFree(found: CaseRecord, desk: Pick<CaseDeskRecord, 'leases'> | undefined, reviewer: string, nowSeconds: number): boolean {
  const inRound = found.verdicts.filter(({ round }) => round === found.round)
  const result = decideRound(inRound, latestConsent(found)?.statement.panel.length ?? 0)
  if (result.kind !== 'open') return false
  const others = (desk?.leases ?? []).filter((lease) => lease.reviewer !== reviewer && lease.round === found.round && lease.expiresAtSeconds > nowSeconds)
  return others.filter((lease) => !hasJudged(found, lease.reviewer)).length < result.seats
}
