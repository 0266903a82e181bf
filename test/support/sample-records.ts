import type { CollectionDefinition, Stored } from '../../src/storage/collection.ts'
import { maybeInteger, maybeListOf, maybeOne, maybeOpaque, maybeText, part, recordSchema, text } from '../../src/storage/mongo/models/record-schema.ts'

/** A document made for the storage suites: fields to page by, and an opaque part. */
export interface Sample extends Stored {
  readonly state: string
  readonly dueSeconds?: number
  readonly owner?: string
  readonly labels?: readonly string[]
  readonly statement?: unknown
  readonly detail?: { readonly name: string }
}

/** Indexes with a text, an integer that may be missing, and both. */
export const samples: CollectionDefinition<Sample> = {
  name: 'samples',
  schema: 'sample',
  indexes: { byState: ['state'], byStateAndDue: ['state', 'dueSeconds'], byOwner: ['owner', 'dueSeconds'] },
}

/** A second collection, to show that ids are unique in one collection only. */
export const otherSamples: CollectionDefinition<Sample> = { ...samples, name: 'other-samples' }

const sampleSchema = recordSchema({
  state: text,
  dueSeconds: maybeInteger,
  owner: maybeText,
  labels: maybeListOf(String),
  statement: maybeOpaque,
  detail: maybeOne(part({ name: text })),
})

/** The same as mongoose models. */
export const sampleModels = { [samples.name]: sampleSchema, [otherSamples.name]: sampleSchema }
