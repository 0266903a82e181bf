import { integer, listOf, opaque, part, recordSchema, text } from './record-schema.ts'

/** A run of log entries. `_id`: the segment’s number in 12 digits; inserting it is the sequencing. */
export const logSegments = recordSchema({
  firstIndex: integer,
  entries: listOf(part({ leaf: text, salt: text, entry: opaque })),
})
