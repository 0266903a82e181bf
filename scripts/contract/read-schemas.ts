import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'

/** A JSON Schema 2020-12 document or part of one, in the subset that this project writes. */
export type Schema = boolean | SchemaObject

/** The members of a schema that decide its TypeScript type. */
export interface SchemaObject {
  readonly $id?: string
  readonly $ref?: string
  readonly $defs?: Readonly<Record<string, Schema>>
  readonly title?: string
  readonly description?: string
  readonly type?: string | readonly string[]
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: Schema
  readonly patternProperties?: Readonly<Record<string, Schema>>
  readonly items?: Schema
  readonly prefixItems?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly anyOf?: readonly Schema[]
  readonly allOf?: readonly Schema[]
}

/** One schema file: its short name (`records/case`), the folder-relative address that is also the end of its `$id`, and its content. */
export interface SchemaFile {
  readonly name: string
  readonly id: string
  readonly content: SchemaObject
}

/**
 * Reads every `*.schema.json` under a folder, in the order of their names.
 * @throws {Error} if a file's `$id` does not end with its own path, for references would then lead elsewhere.
 */
export function readSchemas(folder: string): readonly SchemaFile[] {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.schema.json'))
  return paths.map((path) => readSchema(folder, path)).sort((a, b) => (a.name < b.name ? -1 : 1))
}

function readSchema(folder: string, path: string): SchemaFile {
  const address = relative(folder, join(folder, path)).split(sep).join('/')
  const content = JSON.parse(readFileSync(join(folder, path), 'utf8')) as SchemaObject
  if (content.$id?.endsWith(`/schemas/${address}`) !== true) throw new Error(`${address}: $id must end with /schemas/${address}`)
  return { name: address.replace(/\.schema\.json$/, ''), id: content.$id, content }
}
