import { actRef, signed } from './parts.ts'
import { integer, listOf, maybeInteger, maybeOne, part, recordSchema, text } from './record-schema.ts'

/** The authority’s word that a person is identified. Its state is the truth from which status lists are derived. */
export const attestations = recordSchema({
  acts: listOf(actRef),
  person: text,
  account: text,
  case: text,
  policy: text,
  state: text,
  attestedAtSeconds: integer,
  validUntilSeconds: integer,
  issuanceKeys: listOf(signed),
  batches: listOf(part({ batch: text, requestHash: text, format: text, firstCounter: integer, count: integer, atSeconds: integer })),
  revocation: maybeOne(signed),
  changedAtSeconds: maybeInteger,
})
