import type { Request } from 'express'
import { schemas } from '../shared/contract/schemas.ts'
import type { SchemaName } from '../shared/contract/types.ts'
import { AuthorityError } from '../shared/errors.ts'
import { assertValid } from '../shared/validate.ts'
import { versionOfIfMatch } from './etag.ts'
import type { RequiredHeaders } from './route.ts'

const idParameter = /^([a-z]+)Id$/
const otherParameter = /^[A-Za-z0-9._~-]{1,128}$/

/**
 * The path's parameters, each of the form that its name promises.
 * @throws {AuthorityError} `not-found` otherwise: what cannot exist does not exist.
 */
export function pathParams(request: Request): Readonly<Record<string, string>> {
  const entries = Object.entries(request.params).map(([name, value]) => [name, Array.isArray(value) ? value : [value]] as const)
  if (!entries.every(([name, segments]) => segments.every((segment) => formOf(name).test(segment))))
    throw new AuthorityError('not-found', 'There is nothing here.')
  return Object.fromEntries(entries.map(([name, segments]) => [name, segments.join('/')]))
}

function formOf(name: string): RegExp {
  if (name === 'sha256') return /^[0-9a-f]{64}$/
  const kind = idParameter.exec(name)?.[1]
  return kind === undefined ? otherParameter : new RegExp(`^${kind}_[a-z2-7]{26}$`)
}

/**
 * The query of the declared form, with integers and booleans read from their text.
 * @throws {AuthorityError} `invalid-request` if it has another form, a parameter comes twice, or the route takes none.
 */
export function queryOf(request: Request, schemaName: SchemaName | undefined): unknown {
  const given = Object.entries(request.query)
  if (schemaName === undefined) {
    if (given.length > 0) throw new AuthorityError('invalid-request', 'This route takes no query.')
    return undefined
  }
  const query = Object.fromEntries(given.map(([name, value]) => [name, readText(schemaName, name, value)]))
  assertValid(schemaName, query)
  return query
}

function readText(schemaName: SchemaName, name: string, value: unknown): unknown {
  const properties = (schemas[schemaName]?.['properties'] ?? {}) as Readonly<Record<string, { readonly type?: string }>>
  const type = Object.hasOwn(properties, name) ? properties[name]?.type : undefined
  if (type === 'integer' && typeof value === 'string' && /^-?[0-9]{1,15}$/.test(value)) return Number(value)
  if (type === 'boolean' && (value === 'true' || value === 'false')) return value === 'true'
  return value
}

/**
 * The headers that handlers read. One that is there must be of its form, whether the route requires it or not.
 * @throws {AuthorityError} `invalid-request`, `precondition-required`.
 */
export function conditionalHeaders(request: Request, required: readonly (keyof RequiredHeaders)[]): Partial<RequiredHeaders> {
  const key = idempotencyKeyOf(request.get('idempotency-key'), required.includes('idempotencyKey'))
  const tag = request.get('if-match')
  const ifMatch = tag !== undefined || required.includes('ifMatch') ? versionOfIfMatch(tag) : undefined
  return { ...(key === undefined ? {} : { idempotencyKey: key }), ...(ifMatch === undefined ? {} : { ifMatch }) }
}

function idempotencyKeyOf(header: string | undefined, isRequired: boolean): string | undefined {
  if (header === undefined && !isRequired) return undefined
  if (!/^[\x21-\x7e]{1,128}$/.test(header ?? '')) throw new AuthorityError('invalid-request', 'Idempotency-Key must be 1 to 128 visible characters.')
  return header
}
