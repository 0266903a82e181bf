import { readSchemas, type SchemaFile } from '../../../scripts/contract/read-schemas.ts'
import { renderSchemas, renderTypes } from '../../../scripts/contract/render-contract.ts'

const samples = readSchemas('test/support/schemas')

test('names a type for each schema and shared definition, once', () => {
  const names = [...renderTypes(samples).matchAll(/^export (?:type|interface) (\w+)/gm)].map(([, name]) => name)
  expect(names).toEqual(['SampleId', 'Version', 'SampleRecord', 'SampleRecordFile', 'SchemaTypes', 'SchemaName'])
})

test.each([
  ['a reference by its name', 'readonly "id": SampleId'],
  ['an enumeration as a union', `readonly "kind": ("a" | "b")`],
  ['an optional member', `readonly "state"?: ("open" | null)`],
  ['a read-only array', 'readonly "files": readonly (SampleRecordFile)[]'],
  ['a map', 'readonly "labels"?: { readonly [name: string]: string }'],
])('writes %s', (_case, text) => {
  expect(renderTypes(samples)).toContain(text)
})

test('gives the same text twice, whatever the order on disk', () => {
  expect(renderTypes(readSchemas('test/support/schemas'))).toBe(renderTypes(samples))
  expect(renderSchemas(readSchemas('test/support/schemas'))).toBe(renderSchemas(samples))
})

test('refuses two types of one name', () => {
  const twin: SchemaFile = {
    name: 'http/sample',
    id: 'https://x/schemas/http/sample.schema.json',
    content: { title: 'SampleRecord', type: 'object', properties: {} },
  }
  expect(() => renderTypes([...samples, twin])).toThrow('both named SampleRecord')
})

test('refuses a reference that leads nowhere', () => {
  const lost: SchemaFile = {
    name: 'http/lost',
    id: 'https://x/schemas/http/lost.schema.json',
    content: { title: 'Lost', properties: { a: { $ref: 'none.json' } }, type: 'object' },
  }
  expect(() => renderTypes([lost])).toThrow('leads nowhere')
})
