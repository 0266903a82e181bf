import type { CounterUseRecord } from '../../shared/contract/types.ts'
import type { CollectionDefinition } from '../../storage/collection.ts'

/** The signer's own note of the counters that it has signed for, a document a block of counters. Written before the first signature of a batch. */
export const counterUses: CollectionDefinition<CounterUseRecord> = { name: 'counter-uses', schema: 'records/counter-use', indexes: {} }
