import { integer, recordSchema } from './record-schema.ts'

/** A nonce that can be used once. `_id`: the nonce. */
export const signInChallenges = recordSchema({
  expiresAtSeconds: integer,
})
