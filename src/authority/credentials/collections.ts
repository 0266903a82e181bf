import type { CounterUseRecord } from '../../shared/contract/types.ts'
import type { CollectionDefinition } from '../../storage/collection.ts'

/** The signer's claims: a batch is signed once. Inserted before the first signature of a batch, never changed. */
export const counterUses: CollectionDefinition<CounterUseRecord> = { name: 'counter-uses', schema: 'records/counter-use', indexes: {} }
