import { schemas } from '../shared/contract/schemas.ts'
import type { SchemaName } from '../shared/contract/types.ts'
import { problemMediaType } from './problem.ts'
import type { ResponseDeclaration, Route, RouteAuth } from './route.ts'

type Part = Readonly<Record<string, unknown>>

/** The OpenAPI 3.1 document of a route table. The contract's schemas become its components. */
export function openApiDocument<D>(routes: readonly Route<D>[], issuer: string): Part {
  const paths: Record<string, Record<string, Part>> = {}
  for (const route of routes) (paths[openApiPath(route.path)] ??= {})[route.method] = operation(route)
  return {
    openapi: '3.1.0',
    info: { title: 'Vouchsafe', version: '1', license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    servers: [{ url: issuer }],
    paths,
    components: { schemas: components(), securitySchemes },
  }
}

const securitySchemes = { bearer: { type: 'http', scheme: 'bearer' }, cookie: { type: 'apiKey', in: 'cookie', name: '__Host-vouchsafe' } }

function operation<D>(route: Route<D>): Part {
  const { operationId, summary } = route
  const parameters = [...pathParameters(route.path), ...queryParameters(route.query), ...headerParameters(route.requires ?? [])]
  const problem = { description: 'A problem document', content: { [problemMediaType]: { schema: reference('http/problem') } } }
  const responses = Object.fromEntries(Object.entries(route.responses).map(([status, declared]) => [status, response(declared)]))
  const body = route.body === undefined ? {} : { requestBody: { required: true, content: bodyContent(route.body) } }
  return { operationId, summary, parameters, ...body, responses: { ...responses, default: problem }, security: security(route.auth) }
}

function security(auth: RouteAuth): readonly Part[] {
  return auth === 'public' ? [] : [{ bearer: [] }, { cookie: [] }]
}

function openApiPath(path: string): string {
  return path.replace(/[:*]([A-Za-z0-9]+)/g, '{$1}')
}

function pathParameters(path: string): readonly Part[] {
  return [...path.matchAll(/[:*]([A-Za-z0-9]+)/g)].map(([, name]) => ({ name, in: 'path', required: true, schema: { type: 'string' } }))
}

function queryParameters(schemaName: SchemaName | undefined): readonly Part[] {
  const { properties = {}, required = [] } = (schemaName === undefined ? {} : (schemas[schemaName] ?? {})) as {
    properties?: Part
    required?: readonly string[]
  }
  return Object.entries(properties).map(([name, schema]) => ({ name, in: 'query', required: required.includes(name), schema: rewritten(schema) }))
}

function headerParameters(required: readonly string[]): readonly Part[] {
  const names: Readonly<Record<string, string>> = { idempotencyKey: 'Idempotency-Key', ifMatch: 'If-Match' }
  return required.map((header) => ({ name: names[header], in: 'header', required: true, schema: { type: 'string' } }))
}

function bodyContent(body: SchemaName | 'sealed-bytes'): Part {
  return body === 'sealed-bytes' ? { 'application/octet-stream': {} } : { 'application/json': { schema: reference(body) } }
}

function response({ description = '', schema, mediaType }: ResponseDeclaration): Part {
  const types = typeof mediaType === 'string' ? [mediaType] : (mediaType ?? (schema === undefined ? [] : ['application/json']))
  const content = Object.fromEntries(types.map((type) => [type, schema === undefined ? {} : { schema: reference(schema) }]))
  return types.length === 0 ? { description } : { description, content }
}

function reference(schemaName: string): Part {
  return { $ref: `#/components/schemas/${componentName(schemaName)}` }
}

function componentName(schemaName: string): string {
  return schemaName.replaceAll('/', '.')
}

function components(): Part {
  const wanted = Object.entries(schemas).filter(([name]) => !name.startsWith('records/'))
  return Object.fromEntries(wanted.map(([name, schema]) => [componentName(name), rewritten(schema, schema['$id'] as string)]))
}

/** Schemas refer to each other by `$id`; inside the document they do so by place. */
function rewritten(value: unknown, baseId = ''): unknown {
  if (Array.isArray(value)) return value.map((part) => rewritten(part, baseId))
  if (value === null || typeof value !== 'object') return value
  const kept = Object.entries(value).filter(([name, part]) => typeof part !== 'string' || (name !== '$id' && name !== '$schema'))
  return Object.fromEntries(kept.map(([name, part]) => [name, name === '$ref' ? placeOf(String(part), baseId) : rewritten(part, baseId)]))
}

function placeOf(ref: string, baseId: string): string {
  const [id = '', pointer = ''] = (URL.canParse(ref, baseId) ? new URL(ref, baseId).href : ref).split('#')
  const name = Object.entries(schemas).find(([, schema]) => schema['$id'] === id)?.[0] ?? 'unknown'
  return `#/components/schemas/${componentName(name)}${pointer}`
}
