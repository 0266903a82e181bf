import { integer, recordSchema } from './record-schema.ts'

/** A claim of a process on 1,024 status counters. `_id`: the block’s number. */
export const counterBlocks = recordSchema({
  takenAtSeconds: integer,
})
