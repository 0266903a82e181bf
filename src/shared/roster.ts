import type { RosterEntry, RosterStatement } from './contract/types.ts'
import { canonicalJson } from './canonical-json.ts'
import { AuthorityError } from './errors.ts'
import { labelledHashBase64url } from './hash.ts'
import { labels } from './labels.ts'

/** The roster as it stands after a number of statements. */
export interface RosterState {
  readonly sequence: number
  readonly entries: readonly RosterEntry[]
}

/** The roster before the first statement. */
export const emptyRoster: RosterState = { sequence: 0, entries: [] }

/** The hash of a whole roster. */
export function rosterHash({ sequence, entries }: RosterState): string {
  return labelledHashBase64url(labels.roster, { sequence, entries })
}

/**
 * The roster after one more statement. A new reviewer counts only after the delay, so that a wrong one can be seen and ended; ending one works at once.
 * @param rosterDelaySeconds of the trust file.
 * @throws {AuthorityError} `roster-sequence` if the statement does not follow, or names another hash than the roster then has; `statement-refused` if it counts too early or ends something else.
 */
export function applyRosterStatement(state: RosterState, statement: RosterStatement, rosterDelaySeconds: number): RosterState {
  if (statement.sequence !== state.sequence + 1 || statement.subjectVersion !== state.sequence) {
    throw new AuthorityError('roster-sequence', 'The statement does not follow the roster.')
  }
  assertActs(state, statement, rosterDelaySeconds)
  const others = state.entries.filter((entry) => entry.reviewer !== statement.entry.reviewer)
  const next = { sequence: statement.sequence, entries: [...others, statement.entry] }
  if (rosterHash(next) !== statement.rosterHash) throw new AuthorityError('roster-sequence', 'The statement names another roster.')
  return next
}

function assertActs({ entries }: RosterState, { action, entry, issuedAtSeconds }: RosterStatement, rosterDelaySeconds: number): void {
  const before = entries.find(({ reviewer }) => reviewer === entry.reviewer)
  const isRight = action === 'end' ? isEnded(before, entry) : before === undefined && entry.notBeforeSeconds >= issuedAtSeconds + rosterDelaySeconds
  if (!isRight)
    throw new AuthorityError('statement-refused', 'A new reviewer counts only after the roster delay, and only a reviewer of the roster can be ended.')
}

/** Ending changes nothing of an entry but its end. */
function isEnded(before: RosterEntry | undefined, after: RosterEntry): boolean {
  const timeless = (entry: RosterEntry): string => canonicalJson({ ...entry, notAfterSeconds: 0 })
  return before !== undefined && after.notAfterSeconds <= before.notAfterSeconds && timeless(before) === timeless(after)
}
