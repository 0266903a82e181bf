import { actRef, draw, opening, reason, signed } from './parts.ts'
import { integer, listOf, maybeInteger, maybeOne, maybeText, part, recordSchema, text } from './record-schema.ts'

/** One submission, from its opening to its end. */
export const cases = recordSchema({
  acts: listOf(actRef),
  account: text,
  purpose: text,
  policy: text,
  state: text,
  openedAtSeconds: integer,
  deadlineSeconds: integer,
  nonceHash: text,
  rosterSequence: integer,
  draw: maybeOne(draw),
  round: integer,
  consents: listOf(signed),
  openings: listOf(opening),
  verdicts: listOf(part({ verdict: text, reviewer: text, round: integer, kind: text, tagsHash: text, reasons: listOf(reason) })),
  outcomes: listOf(part({ round: integer, outcome: text, reasons: listOf(reason) })),
  withdrawal: maybeOne(signed),
  attestation: maybeText,
  refusal: maybeText,
  closedAtSeconds: maybeInteger,
  purgedAtSeconds: maybeInteger,
  duty: maybeText,
  dutyAtSeconds: maybeInteger,
})
