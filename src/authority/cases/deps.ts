import type { AccountRecord, CaseDeskRecord, CaseRecord, RosterRecord } from '../../shared/contract/types.ts'
import type { BlobStore } from '../../storage/blobs.ts'
import type { Collection } from '../../storage/collection.ts'
import type { Context } from '../context.ts'

/** What the cases feature works with. */
export interface CasesDeps extends Context {
  readonly accounts: Collection<AccountRecord>
  readonly rosters: Collection<RosterRecord>
  readonly cases: Collection<CaseRecord>
  readonly caseDesks: Collection<CaseDeskRecord>
  readonly blobs: BlobStore
  readonly rosterDelaySeconds: number
  /** Asks that duties be done now. */
  readonly kickDuties: () => void
}
