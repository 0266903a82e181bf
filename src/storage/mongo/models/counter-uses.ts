import { integer, listOf, part, recordSchema, text } from './record-schema.ts'

/** The signer’s own note of the counters that it has signed for. `_id`: the block’s number. */
export const counterUses = recordSchema({ uses: listOf(part({ batch: text, firstCounter: integer, count: integer })) })
