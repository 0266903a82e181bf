import { integer, recordSchema, text } from './record-schema.ts'

/** A sign-in that lasts. `_id`: SHA-256 of the session token, hexadecimal. */
export const sessions = recordSchema({
  principal: text,
  createdAtSeconds: integer,
  expiresAtSeconds: integer,
})
