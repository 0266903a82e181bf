import { actRef, rosterEntry, signed } from './parts.ts'
import { integer, listOf, recordSchema, text } from './record-schema.ts'

/** The reviewer roster; one document, id roster. */
export const rosters = recordSchema({
  acts: listOf(actRef),
  sequence: integer,
  rosterHash: text,
  entries: listOf(rosterEntry),
  statements: listOf(signed),
})
