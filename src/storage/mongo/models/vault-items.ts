import { integer, recordSchema, text } from './record-schema.ts'

/** A sealed item that an account keeps. `_id`: account id, dot, hash of the ciphertext. */
export const vaultItems = recordSchema({
  account: text,
  sha256: text,
  sizeBytes: integer,
  addedAtSeconds: integer,
})
