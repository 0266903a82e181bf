import type { VerdictRecord } from '../../shared/contract/types.ts'
import type { CollectionDefinition } from '../../storage/collection.ts'

/** Signed verdicts. One has effect only when its case lists it. id: derived from case, round, reviewer and statement. */
export const verdicts: CollectionDefinition<VerdictRecord> = { name: 'verdicts', schema: 'records/verdict', indexes: { case: ['case'] } }
