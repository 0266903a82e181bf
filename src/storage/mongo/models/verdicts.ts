import { signed } from './parts.ts'
import { integer, one, recordSchema, text } from './record-schema.ts'

/** A signed verdict; in effect only when its case lists it. `_id`: derived from case, round, reviewer and statement. */
export const verdicts = recordSchema({
  case: text,
  round: integer,
  reviewer: text,
  signed: one(signed),
  atSeconds: integer,
})
