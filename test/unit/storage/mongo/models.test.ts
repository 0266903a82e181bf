import { existsSync, readdirSync } from 'node:fs'
import { resolve } from 'node:path'
import mongoose from 'mongoose'
import type { CollectionDefinition, Stored } from '../../../../src/storage/collection.ts'
import { recordSchemas } from '../../../../src/storage/mongo/models/index.ts'
import { textOrNull } from '../../../../src/storage/mongo/models/record-schema.ts'
import { schemas } from '../../../../src/shared/contract/schemas.ts'

interface JsonSchema {
  readonly $ref?: string
  readonly type?: string
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
  readonly items?: JsonSchema
  readonly anyOf?: readonly JsonSchema[]
  readonly additionalProperties?: boolean
}

interface FieldDefinition {
  readonly type: unknown
  readonly required?: boolean
}

/** The form of a value in words, the same for a mongoose model and for a JSON Schema. */
type Form = string | { readonly list: Form } | { readonly [field: string]: Form }

/** Where MongoDB keeps JSON as it came: signed statements, log entries. */
const opaqueSchemas = ['/schemas/statements/', '#/$defs/logEntry']

describe('mongoose models and the JSON Schemas of the records', () => {
  const definitions = new Map<string, CollectionDefinition<Stored>>()

  beforeAll(async () => {
    const authority = resolve('src/authority')
    const files = [...readdirSync(authority).map((feature) => `${authority}/${feature}/collections.ts`), `${authority}/store-identity.ts`]
    for (const file of files.filter((each) => existsSync(each))) {
      for (const value of Object.values((await import(file)) as Record<string, unknown>)) if (isDefinition(value)) definitions.set(value.name, value)
    }
  })

  it('are there for every collection, and for nothing else', () => {
    expect(Object.keys(recordSchemas).sort()).toEqual([...definitions.keys()].sort())
    expect(definitions.size).toBeGreaterThan(10)
  })

  it.each(Object.keys(recordSchemas))('agree field by field: %s', (name) => {
    const jsonSchema = schemas[definitions.get(name)!.schema] as JsonSchema
    expect(modelForm(recordSchemas[name]!, true)).toEqual(jsonForm(jsonSchema))
  })

  it.each(Object.keys(recordSchemas))('have every field that an index names: %s', (name) => {
    const fields = Object.values(definitions.get(name)!.indexes).flat()
    expect(Object.keys(modelForm(recordSchemas[name]!, true) as object).map((field) => field.replace('?', ''))).toEqual(expect.arrayContaining(fields))
  })

  it.each([{ name: 'UTOPIA SPECIMEN' }, { openings: [{ name: 'UTOPIA SPECIMEN' }] }, { draw: { name: 'UTOPIA SPECIMEN' } }])(
    'refuse a field that the model does not name, at any depth: %j',
    async (surplus) => {
      const model = mongoose.createConnection().model('cases', recordSchemas['cases'])
      await expect((async () => new model({ _id: 'a', version: 1, ...surplus }).validate())()).rejects.toThrow(/not in schema|StrictModeError/)
    },
  )
})

function isDefinition(value: unknown): value is CollectionDefinition<Stored> {
  return typeof value === 'object' && value !== null && 'schema' in value && 'indexes' in value
}

function modelForm(schema: mongoose.Schema, isRecord = false): Form {
  const fields = Object.entries(schema.obj as Record<string, FieldDefinition>)
  return Object.fromEntries(fields.map(([field, definition]) => [modelField(isRecord && field === '_id' ? 'id' : field, definition), modelKind(definition)]))
}

function modelField(field: string, definition: FieldDefinition): string {
  return definition.required === true || definition === textOrNull ? field : `${field}?`
}

function modelKind(definition: FieldDefinition): Form {
  const { type } = definition
  if (definition === textOrNull) return 'string or null'
  if (Array.isArray(type)) return { list: modelKind({ type: type[0] as unknown }) }
  if (type instanceof mongoose.Schema) return modelForm(type)
  if (type === mongoose.Schema.Types.Mixed) return 'opaque'
  return (type as { readonly name: string }).name.toLowerCase()
}

function jsonForm(schema: JsonSchema): Form {
  if (schema.$ref !== undefined) return opaqueSchemas.some((part) => schema.$ref!.includes(part)) ? 'opaque' : jsonForm(resolved(schema.$ref))
  if (schema.type === 'array') return { list: jsonForm(schema.items!) }
  if (schema.type === 'object') return objectForm(schema)
  if (schema.type === 'integer') return 'number'
  if (schema.anyOf !== undefined) return schema.anyOf.map(({ type }) => type).join(' or ')
  return schema.type ?? 'string'
}

function objectForm({ properties = {}, required = [], additionalProperties }: JsonSchema): Form {
  expect(additionalProperties).toBe(false)
  return Object.fromEntries(Object.entries(properties).map(([field, value]) => [required.includes(field) ? field : `${field}?`, jsonForm(value)]))
}

function resolved(reference: string): JsonSchema {
  const [id, pointer] = reference.split('#/$defs/')
  const schema = Object.values(schemas).find(({ $id }) => $id === id) as { $defs: Record<string, JsonSchema> }
  return pointer === undefined ? (schema as JsonSchema) : schema.$defs[pointer]!
}
