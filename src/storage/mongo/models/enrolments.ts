import { passkey } from './parts.ts'
import { integer, maybeOne, one, part, recordSchema, text } from './record-schema.ts'

/** An invitation to become a reviewer, and the request that came of it. */
export const enrolments = recordSchema({
  state: text,
  secretHash: text,
  organisation: text,
  operator: text,
  expiresAtSeconds: integer,
  request: maybeOne(part({ reviewer: text, account: text, passkey: one(passkey), recipient: text })),
})
