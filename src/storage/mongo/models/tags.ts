import { maybeText, recordSchema, text } from './record-schema.ts'

/** A claim on a uniqueness tag: held by a case, then kept by a person for ever. `_id`: OPRF key id, dot, tag. */
export const tags = recordSchema({
  case: maybeText,
  person: maybeText,
  type: text,
})
