import { actRef } from './parts.ts'
import { integer, listOf, recordSchema, text } from './record-schema.ts'

/** A person, behind accounts, documents and attestations. `_id`: derived from the case that met them first. */
export const persons = recordSchema({
  acts: listOf(actRef),
  account: text,
  createdAtSeconds: integer,
})
