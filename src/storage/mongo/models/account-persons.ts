import { recordSchema, text } from './record-schema.ts'

/** A claim: the person behind an account. `_id`: the account id. */
export const accountPersons = recordSchema({
  person: text,
})
