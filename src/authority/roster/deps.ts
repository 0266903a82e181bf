import type { EnrolmentRecord, RosterRecord, TrustFile } from '../../shared/contract/types.ts'
import type { Collection } from '../../storage/collection.ts'
import type { Context } from '../context.ts'

/** What the roster feature works with. */
export interface RosterDeps extends Context {
  readonly rosters: Collection<RosterRecord>
  readonly enrolments: Collection<EnrolmentRecord>
  readonly operators: TrustFile['operators']
  /** A new reviewer counts this long after the operator signed. */
  readonly rosterDelaySeconds: number
}

/** The id of the one roster document. */
export const rosterId = 'roster'
