import mongoose from 'mongoose'
import type { SchemaDefinition } from 'mongoose'

/** The mongoose schema of one collection's documents. */
export type RecordSchema = mongoose.Schema

/** Models by collection name. */
export type RecordSchemas = Readonly<Record<string, RecordSchema>>

const { Schema } = mongoose

Schema.Types.String.checkRequired((value) => typeof value === 'string') // also an empty text is there

/** Nothing is added, dropped or renamed: no `__v`, no virtual `id`, no default, no field that the schema does not name. */
const plain = { strict: 'throw', versionKey: false, id: false, minimize: false } as const

/** A text that must be there; it may be empty. Ids, hashes, keys and states are texts. */
export const text = { type: String, required: true } as const

/** An integer that must be there, such as a time in whole seconds. */
export const integer = { type: Number, required: true } as const

/** A text that may be missing. */
export const maybeText = { type: String } as const

/** An integer that may be missing. */
export const maybeInteger = { type: Number } as const

/** A field that is always there, and may hold null. */
export const textOrNull = { type: String } as const

/** JSON that the authority keeps as it came, such as a signed statement. */
export const opaque = { type: Schema.Types.Mixed, required: true } as const

/** The same, where it may be missing. */
export const maybeOpaque = { type: Schema.Types.Mixed } as const

/** A list of texts, or of structures, that must be there; it may be empty. */
export function listOf<T>(item: T) {
  return { type: [item], required: true, default: undefined } as const
}

/** A list that may be missing; left to itself, mongoose would make an empty one of it. */
export function maybeListOf<T>(item: T) {
  return { type: [item], default: undefined } as const
}

/** A structure of this form. */
export function one(form: RecordSchema) {
  return { type: form, required: true } as const
}

/** A structure of this form that may be missing. */
export function maybeOne(form: RecordSchema) {
  return { type: form } as const
}

/** A document: its fields, beside `_id` and `version`, which every document has. */
export function recordSchema(fields: SchemaDefinition): RecordSchema {
  return new Schema({ _id: text, version: integer, ...fields }, { ...plain, autoIndex: false, autoCreate: false })
}

/** The form of a structure inside a document. */
export function part(fields: SchemaDefinition): RecordSchema {
  return new Schema(fields, { ...plain, _id: false })
}
