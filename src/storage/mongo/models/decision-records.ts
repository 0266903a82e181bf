import { actRef, draw, opening, passkey, provenEntry, signed, tag } from './parts.ts'
import { integer, listOf, one, recordSchema, text } from './record-schema.ts'

/** All that justifies an attestation: hashes, signatures and log entries; no documents. `_id`: the attestation id. */
export const decisionRecords = recordSchema({
  acts: listOf(actRef),
  issuer: text,
  environment: text,
  case: text,
  account: text,
  person: text,
  purpose: text,
  policy: text,
  nonceHash: text,
  draw: one(draw),
  round: integer,
  rosterStatements: listOf(signed),
  consents: listOf(signed),
  openings: listOf(opening),
  verdicts: listOf(signed),
  tags: listOf(tag),
  checkpoint: text,
  entries: listOf(provenEntry),
  decidedAtSeconds: integer,
  passkeys: listOf(passkey),
})
