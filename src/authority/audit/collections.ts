import type { LogSegmentRecord } from '../../shared/contract/types.ts'
import type { CollectionDefinition } from '../../storage/collection.ts'

/** The log: its segments in order. Inserting the next number is the sequencing; `id-taken` means that another process was first. */
export const logSegments: CollectionDefinition<LogSegmentRecord> = { name: 'log-segments', schema: 'records/log-segment', indexes: {} }
