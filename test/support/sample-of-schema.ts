import fc from 'fast-check'
import { schemas } from '../../src/shared/contract/schemas.ts'

type Schema = Readonly<Record<string, unknown>>

/** A value of the form that a schema of the contract describes, always the same one; what it says means nothing. */
export function sampleOf(name: string): unknown {
  const schema = schemas[name] as Schema | undefined
  if (schema === undefined) throw new Error(`There is no schema ${name}.`)
  return sample(schema)
}

function sample(schema: Schema): unknown {
  if (typeof schema['$ref'] === 'string') return sample(referred(schema['$ref']))
  if ('const' in schema) return schema['const']
  if (Array.isArray(schema['enum'])) return schema['enum'][0] as unknown
  const choices = (schema['anyOf'] ?? schema['oneOf']) as readonly Schema[] | undefined
  if (choices?.[0] !== undefined) return sample(choices[0])
  const type = Array.isArray(schema['type']) ? (schema['type'][0] as unknown) : schema['type']
  if (type === 'object') return objectOf(schema)
  if (type === 'array') return Array.from({ length: Number(schema['minItems'] ?? 1) }, () => sample(schema['items'] as Schema))
  if (type === 'string') return textOf(schema)
  if (type === 'integer' || type === 'number') return schema['minimum'] ?? 1
  return type === 'boolean' ? true : null
}

function objectOf(schema: Schema): unknown {
  const properties = (schema['properties'] ?? {}) as Readonly<Record<string, Schema>>
  return Object.fromEntries(Object.entries(properties).map(([name, property]) => [name, sample(property)]))
}

function textOf({ pattern, minLength, maxLength }: Schema): string {
  if (typeof pattern !== 'string') return 'x'.repeat(Number(minLength ?? Math.min(4, Number(maxLength ?? 4))))
  return fc.sample(fc.stringMatching(new RegExp(pattern)), { seed: 1, numRuns: 1 })[0] ?? ''
}

function referred(reference: string): Schema {
  const [id, pointer = ''] = reference.split('#')
  const document = Object.values(schemas as Readonly<Record<string, Schema>>).find((schema) => schema['$id'] === id)
  const found = pointer.split('/').filter(Boolean).reduce<unknown>((at, name) => (at as Schema)[name], document) // prettier-ignore
  if (found === undefined) throw new Error(`Nothing is at ${reference}.`)
  return found as Schema
}
