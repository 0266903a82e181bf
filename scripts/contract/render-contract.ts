import type { Schema, SchemaFile } from './read-schemas.ts'
import { docText, pascalCase, typeText } from './type-text.ts'

const heading = '// Generated from schemas/ by `npm run generate`. Change the schemas, not this file.\n'

const schemaName = '/** The short name of a schema: its path under `schemas/` without `.schema.json`. */\nexport type SchemaName = keyof SchemaTypes\n'

/** A schema that gets an exported type: a file, or one of its `$defs`. */
interface NamedSchema {
  readonly name: string
  readonly address: string
  readonly fromId: string
  readonly schema: Schema
}

/**
 * The text of `types.ts`: one exported type for each schema file (named by its title) and each `$defs` member, and the map `SchemaTypes` from short names to them.
 * @throws {Error} if two schemas would have one name, or a reference leads nowhere.
 */
export function renderTypes(files: readonly SchemaFile[]): string {
  const named = files.flatMap(namedSchemas)
  const byAddress = new Map(named.map((one) => [one.address, one.name]))
  assertDistinct(named)
  const nameOfRef = (ref: string, fromId: string) => nameAt(byAddress, ref, fromId)
  const types = named.map((one) => `${docText(one.schema)}export type ${one.name} = ${typeText(one.schema, one.fromId, nameOfRef)}\n`)
  const map = files.filter((file) => !isOnlyDefinitions(file)).map((file) => `readonly ${JSON.stringify(file.name)}: ${typeName(file)}`)
  const tail = `/** The type that each schema describes. */\nexport interface SchemaTypes {\n${map.join('\n')}\n}\n\n${schemaName}`
  return [heading, ...types, tail].join('\n')
}

/** The text of `schemas.ts`: every schema as plain data under its short name, so that nothing is read from disk at run time. */
export function renderSchemas(files: readonly SchemaFile[]): string {
  const members = files.map((file) => `${JSON.stringify(file.name)}: ${JSON.stringify(file.content)}`)
  const note = '/** Every schema of the contract, by short name. */'
  return [heading, `${note}\nexport const schemas: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {\n${members.join(',\n')}\n}\n`].join('\n')
}

/** The text of `policies.ts`: every policy as data. */
export function renderPolicies(policies: readonly unknown[]): string {
  const note = '/** Every policy that this authority knows. */'
  return [heading, `import type { Policy } from './types.ts'\n`, `${note}\nexport const policies: readonly Policy[] = ${JSON.stringify(policies)}\n`].join('\n')
}

function namedSchemas(file: SchemaFile): readonly NamedSchema[] {
  const parts = Object.entries(file.content.$defs ?? {}).map(([key, schema]) => ({
    name: `${isOnlyDefinitions(file) ? '' : typeName(file)}${definitionName(key, schema)}`,
    address: `${file.id}#/$defs/${key}`,
    fromId: file.id,
    schema,
  }))
  return isOnlyDefinitions(file) ? parts : [{ name: typeName(file), address: `${file.id}#`, fromId: file.id, schema: file.content }, ...parts]
}

function isOnlyDefinitions(file: SchemaFile): boolean {
  return !['properties', '$ref', 'oneOf', 'anyOf', 'allOf', 'enum', 'const', 'items'].some((keyword) => keyword in file.content)
}

function typeName(file: SchemaFile): string {
  return pascalCase(file.content.title ?? file.name)
}

function definitionName(key: string, schema: Schema): string {
  return pascalCase((typeof schema === 'boolean' ? undefined : schema.title) ?? key)
}

function nameAt(byAddress: ReadonlyMap<string, string>, ref: string, fromId: string): string {
  const target = new URL(ref, fromId)
  const name = byAddress.get(`${target.origin}${target.pathname}${target.hash === '' ? '#' : target.hash}`)
  if (name === undefined) throw new Error(`${fromId}: ${ref} leads nowhere`)
  return name
}

function assertDistinct(named: readonly NamedSchema[]): void {
  const seen = new Map<string, string>()
  for (const { name, address } of named) {
    const other = seen.get(name)
    if (other !== undefined) throw new Error(`${address} and ${other} are both named ${name}`)
    seen.set(name, address)
  }
}
