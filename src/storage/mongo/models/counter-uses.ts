import { integer, recordSchema, text } from './record-schema.ts'

/** The signer’s claim that counters of a batch were signed for. `_id`: the batch id. */
export const counterUses = recordSchema({
  firstCounter: integer,
  count: integer,
  requestHash: text,
  atSeconds: integer,
})
