import type { RosterEntry, RosterStatement } from './contract/types.ts'
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
 * The roster after one more statement. An `end` replaces the entry by one whose validity has ended.
 * @throws {AuthorityError} `roster-sequence` if the statement does not follow, or names another hash than the roster then has.
 */
export function applyRosterStatement(state: RosterState, statement: RosterStatement): RosterState {
  if (statement.sequence !== state.sequence + 1 || statement.subjectVersion !== state.sequence) {
    throw new AuthorityError('roster-sequence', 'The statement does not follow the roster.')
  }
  const others = state.entries.filter((entry) => entry.reviewer !== statement.entry.reviewer)
  const next = { sequence: statement.sequence, entries: [...others, statement.entry] }
  if (rosterHash(next) !== statement.rosterHash) throw new AuthorityError('roster-sequence', 'The statement names another roster.')
  return next
}
