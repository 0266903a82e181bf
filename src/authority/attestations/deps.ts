import type { AttestationRecord, DecisionRecord, TrustFile } from '../../shared/contract/types.ts'
import type { Collection } from '../../storage/collection.ts'
import type { ReviewDeps } from '../review/index.ts'
import type { UniquenessDeps } from '../uniqueness/index.ts'

/** What the attestations feature works with. */
export interface AttestationsDeps extends ReviewDeps, UniquenessDeps {
  readonly attestations: Collection<AttestationRecord>
  readonly decisionRecords: Collection<DecisionRecord>
  readonly trust: TrustFile
  readonly oprfKeys: UniquenessDeps['oprfKeys']
  /** Told when an attestation's state changed, so that status lists are published anew at once. */
  readonly statusChanged: () => void
}
