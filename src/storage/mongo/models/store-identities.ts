import { integer, recordSchema, text } from './record-schema.ts'

/** To whom this store belongs. `_id`: identity. */
export const storeIdentities = recordSchema({
  issuer: text,
  environment: text,
  sweptIndex: integer,
})
