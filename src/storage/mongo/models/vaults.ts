import { integer, listOf, part, recordSchema, text, textOrNull } from './record-schema.ts'

/** The sealed index of a vault and its wraps. `_id`: the account id. counter: raised by each replacement of the index. */
export const vaults = recordSchema({
  counter: integer,
  sealedIndex: text,
  wraps: listOf(part({ wrap: text, kind: text, credentialId: textOrNull, sealed: text })),
  usedBytes: integer,
})
