import type { Schema, SchemaObject } from './read-schemas.ts'

/** Finds the exported type's name for a `$ref` found in the schema with this `$id`. */
export type NameOfRef = (ref: string, fromId: string) => string

/** The TypeScript type of a schema, as text. Unknown keywords only narrow values, so they do not show in the type. */
export function typeText(schema: Schema, fromId: string, nameOfRef: NameOfRef): string {
  if (typeof schema === 'boolean') return schema ? 'unknown' : 'never'
  const inner = (part: Schema) => typeText(part, fromId, nameOfRef)
  const parts = [baseText(schema, inner, (ref) => nameOfRef(ref, fromId)), ...combined(schema, inner)].filter((text) => text !== undefined)
  return parts.length === 0 ? 'unknown' : parts.join(' & ')
}

/** A name such as `Case record` or `case-record` as `CaseRecord`. */
export function pascalCase(title: string): string {
  return title.replace(/(^|[^A-Za-z0-9]+)([A-Za-z0-9])/g, (_whole, _gap, letter: string) => letter.toUpperCase()).replace(/[^A-Za-z0-9]/g, '')
}

/** A docstring for a description; nothing without one. */
export function docText(schema: Schema): string {
  const text = typeof schema === 'boolean' ? undefined : schema.description
  return text === undefined ? '' : `/** ${text.replaceAll('*/', '*\\/')} */\n`
}

function baseText(schema: SchemaObject, inner: (part: Schema) => string, nameOfRef: (ref: string) => string): string | undefined {
  if (schema.$ref !== undefined) return nameOfRef(schema.$ref)
  if ('const' in schema) return literal(schema.const)
  if (schema.enum !== undefined) return union(schema.enum.map(literal))
  if (Array.isArray(schema.type)) return union(schema.type.map((type: string) => inner({ ...schema, type, oneOf: [], anyOf: [], allOf: [] })))
  if (schema.type === 'array') return arrayText(schema, inner)
  if (schema.type === 'object') return objectText(schema, inner)
  if (schema.type === 'integer') return 'number'
  return typeof schema.type === 'string' ? schema.type : undefined
}

function combined(schema: SchemaObject, inner: (part: Schema) => string): readonly string[] {
  const unions = [schema.oneOf, schema.anyOf].map((parts) => describing(parts)).filter((parts) => parts.length > 0)
  return [...unions.map((parts) => union(parts.map(inner))), ...describing(schema.allOf).map(inner)]
}

/** Parts such as `{required: [...]}` only narrow; those that say what a value is make the type. */
function describing(parts: readonly Schema[] | undefined): readonly Schema[] {
  const says = ['$ref', 'const', 'enum', 'type', 'oneOf', 'anyOf', 'allOf']
  return (parts ?? []).filter((part) => typeof part !== 'boolean' && says.some((keyword) => keyword in part))
}

function arrayText(schema: SchemaObject, inner: (part: Schema) => string): string {
  if (schema.prefixItems === undefined) return `readonly (${inner(schema.items ?? true)})[]`
  const rest = schema.items === false || schema.items === undefined ? [] : [`...(${inner(schema.items)})[]`]
  return `readonly [${[...schema.prefixItems.map(inner), ...rest].join(', ')}]`
}

function objectText(schema: SchemaObject, inner: (part: Schema) => string): string {
  const required = new Set(schema.required)
  const members = Object.entries(schema.properties ?? {}).map(
    ([name, part]) => `${docText(part)}readonly ${JSON.stringify(name)}${required.has(name) ? '' : '?'}: ${inner(part)}`,
  )
  const others = members.length > 0 ? undefined : otherMembers(schema)
  return others === undefined ? `{\n${members.join('\n')}\n}` : `{ readonly [name: string]: ${inner(others)} }`
}

function otherMembers(schema: SchemaObject): Schema | undefined {
  const patterns = Object.values(schema.patternProperties ?? {})
  if (patterns.length > 0) return { anyOf: patterns }
  return schema.additionalProperties === false ? undefined : (schema.additionalProperties ?? true)
}

function union(texts: readonly string[]): string {
  return `(${[...new Set(texts)].join(' | ')})`
}

function literal(value: unknown): string {
  return value !== null && typeof value === 'object' ? 'unknown' : JSON.stringify(value)
}
