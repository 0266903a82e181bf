import { integer, listOf, part, recordSchema, text } from './record-schema.ts'

/** What the log need not know of a case: uploads, leases, evaluations. `_id`: the case id. */
export const caseDesks = recordSchema({
  uploads: listOf(part({ sha256: text, sizeBytes: integer })),
  leases: listOf(part({ lease: text, reviewer: text, round: integer, expiresAtSeconds: integer, evaluations: integer })),
})
