import type { EnrolmentRecord, RosterEntry, RosterReply, RosterRecord, RosterStatementRequest } from '../../shared/contract/types.ts'
import { AuthorityError } from '../../shared/errors.ts'
import { applyRosterStatement, emptyRoster, rosterHash } from '../../shared/roster.ts'
import { statementHash } from '../../shared/statement.ts'
import { assertStatement } from '../accounts/index.ts'
import { act, change, isDone } from '../act.ts'
import { type RosterDeps, rosterId } from './deps.ts'

type Roster = Pick<RosterRecord, 'sequence' | 'rosterHash' | 'entries' | 'statements' | 'acts'>

/** The roster as it is now. */
export async function currentRoster({ rosters }: Pick<RosterDeps, 'rosters'>): Promise<Roster> {
  return (await rosters.get(rosterId)) ?? { sequence: 0, rosterHash: rosterHash(emptyRoster), entries: [], statements: [], acts: [] }
}

/** The roster with what proves it: each statement, its log entry and path, and the checkpoint. */
export async function provenRoster(deps: RosterDeps): Promise<RosterReply> {
  const { sequence, rosterHash: hash, entries, statements, acts } = await currentRoster(deps)
  const proof = await deps.audit.prove(statements.map(({ statement }) => acts.find(({ id }) => id === statement.id)?.index ?? -1))
  const proven = statements.flatMap((signed, at) => (proof.entries[at] ? [{ signed, proof: proof.entries[at] }] : []))
  return { sequence, rosterHash: hash, entries, statements: proven, checkpoint: proof.checkpoint }
}

/** The roster entry of an account that may review now, or undefined. */
export async function findReviewer(deps: Pick<RosterDeps, 'rosters' | 'clock'>, account: string): Promise<RosterEntry | undefined> {
  const now = deps.clock.nowSeconds()
  const { entries } = await currentRoster(deps)
  return entries.find((entry) => entry.account === account && entry.notBeforeSeconds <= now && now < entry.notAfterSeconds)
}

/**
 * Changes the roster as an operator's statement says. A new reviewer counts only after the delay, so that a stolen operator key can be noticed.
 * @throws {AuthorityError} `passkey-unknown`, `statement-refused`, `statement-expired`, `stale-version`, `roster-sequence`, `enrolment-not-usable`
 */
export async function changeRoster(deps: RosterDeps, { signed, enrolment }: RosterStatementRequest): Promise<RosterReply> {
  const { statement } = signed
  const before = await currentRoster(deps)
  const what = { kind: 'roster', id: statement.id, detail: { statementHash: statementHash(statement) } }
  if (await isDone(deps, before, what)) return provenRoster(deps)
  const passkeys = deps.operators.map(({ passkey }) => passkey)
  await assertStatement(deps, passkeys, signed, { subject: rosterId, subjectVersion: before.sequence })
  if (enrolment) assertRequestOf(await deps.enrolments.get(enrolment), statement.entry.reviewer)
  await act(deps, deps.rosters, rosterId, what, (current) => {
    const { sequence, entries } = applyRosterStatement(current ?? emptyRoster, statement, deps.rosterDelaySeconds)
    return { sequence, entries, rosterHash: statement.rosterHash, statements: [...(current?.statements ?? []), signed] }
  })
  if (enrolment) await markRostered(deps, enrolment, statement.entry.reviewer)
  return provenRoster(deps)
}

async function markRostered(deps: RosterDeps, enrolmentId: string, reviewer: string): Promise<void> {
  await change(deps, deps.enrolments, enrolmentId, (current) => {
    assertRequestOf(current, reviewer)
    return { ...current, state: 'rostered' as const }
  })
}

function assertRequestOf(enrolment: EnrolmentRecord | undefined, reviewer: string): asserts enrolment is EnrolmentRecord {
  if (enrolment?.request?.reviewer !== reviewer) throw new AuthorityError('enrolment-not-usable', 'The enrolment is about another reviewer.')
}
