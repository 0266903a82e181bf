import { actRef, signed } from './parts.ts'
import { integer, listOf, maybeOne, part, recordSchema, text } from './record-schema.ts'

/** A random id and public keys; nothing that says who it is. */
export const accounts = recordSchema({
  acts: listOf(actRef),
  createdAtSeconds: integer,
  vaultRecipient: text,
  passkeys: listOf(part({ credentialId: text, publicKey: text, label: text, addedAtSeconds: integer, signed: maybeOne(signed) })),
})
