import type { CounterBlockRecord } from '../../shared/contract/types.ts'
import type { CollectionDefinition } from '../../storage/collection.ts'

/** Blocks of 1,024 status counters that processes have taken. Numbers are dense: block n exists only if block n − 1 does. */
export const counterBlocks: CollectionDefinition<CounterBlockRecord> = { name: 'counter-blocks', schema: 'records/counter-block', indexes: {} }
