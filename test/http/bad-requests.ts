import type { routes } from '../../src/compose.ts'
import { sampleOf } from '../support/sample-of-schema.ts'

type AnyRoute = (typeof routes)[number]

/** A request that must be refused, and the codes that may say why. */
export interface BadRequest {
  readonly name: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
  readonly codes: readonly string[]
}

/** Tokens of one session a kind of principal. */
export interface Tokens {
  readonly account: string
  readonly operator: string
  readonly reviewer: string
}

const cookieName = '__Host-vouchsafe'
const sampleParams: Readonly<Record<string, string>> = {
  sha256: 'a'.repeat(64),
  list: '0',
  purpose: 'revocation',
  name: 'identified',
  version: 'v1',
  code: 'not-found',
}

/** The path of a route with parameters of the right form. */
export function samplePath(path: string, params: Readonly<Record<string, string>> = {}): string {
  return path.replace(/:([A-Za-z0-9]+)/g, (_, name: string) => params[name] ?? sampleParams[name] ?? `${name.replace(/Id$/, '')}_${'a'.repeat(26)}`)
}

/** Everything that is wrong with a request before its content matters. */
export function badRequests(route: AnyRoute, issuer: string, tokens: Tokens): readonly BadRequest[] {
  const good = goodRequest(route, tokens)
  return [
    ...sessionFaults(route, good, issuer, tokens),
    ...pathFaults(route, good),
    ...queryFaults(route, good),
    ...headerFaults(route, good),
    ...bodyFaults(route, good),
  ]
}

type Good = Pick<BadRequest, 'path' | 'headers'> & { readonly sample?: unknown; readonly body?: string | Uint8Array }

function goodRequest(route: AnyRoute, tokens: Tokens): Good {
  const session: Record<string, string> = route.auth === 'public' ? {} : { authorization: `Bearer ${tokenFor(route, tokens)}` }
  if (route.requires?.includes('ifMatch')) session['if-match'] = '"0"'
  if (route.requires?.includes('idempotencyKey')) session['idempotency-key'] = 'bad-input'
  const path = samplePath(route.path) + (route.operationId === 'getInclusionProof' ? '?index=0&treeSize=1' : '')
  if (route.body === undefined) return { path, headers: session }
  if (route.body === 'sealed-bytes') return { path, headers: { ...session, 'content-type': 'application/octet-stream' }, body: new Uint8Array([1, 2, 3]) }
  const sample = sampleOf(route.body)
  return { path, headers: { ...session, 'content-type': 'application/json' }, sample, body: JSON.stringify(sample) }
}

function tokenFor({ auth, operationId }: AnyRoute, { account, operator, reviewer }: Tokens): string {
  if (auth === 'operator') return operator
  return operationId === 'reviewQueue' ? reviewer : account
}

function sessionFaults(route: AnyRoute, good: Good, issuer: string, tokens: Tokens): BadRequest[] {
  if (route.auth === 'public') return []
  const { authorization = '', ...headers } = good.headers
  const cookie = `${cookieName}=${authorization.slice('Bearer '.length)}`
  const fault = (name: string, session: Record<string, string>, ...codes: string[]): BadRequest => ({
    ...good,
    name,
    headers: { ...headers, ...session },
    codes,
  })
  const isReading = route.method === 'get'
  return [
    fault('no session', {}, 'sign-in-required'),
    fault('an unknown session', { authorization: `Bearer ${'A'.repeat(43)}` }, 'sign-in-required'),
    fault('a session token that is not canonical', { authorization: `Bearer ${'A'.repeat(42)}B` }, 'sign-in-required', 'invalid-request'),
    fault('both carriers', { cookie, authorization, origin: issuer }, 'two-session-carriers'),
    fault('a cookie of a foreign origin', { cookie, origin: 'https://elsewhere.example' }, 'origin-refused'),
    ...(isReading ? [] : [fault('a changing cookie without origin', { cookie }, 'origin-refused')]),
    ...(route.auth === 'account' ? [fault('an operator’s session', { authorization: `Bearer ${tokens.operator}` }, 'role-required')] : []),
    ...(route.auth === 'operator' ? [fault('an account’s session', { authorization: `Bearer ${tokens.account}` }, 'role-required')] : []),
  ]
}

function pathFaults(route: AnyRoute, good: Good): BadRequest[] {
  const names = [...route.path.matchAll(/:([A-Za-z0-9]+)/g)].map(([, name]) => name ?? '')
  const wrong = ['x', '%00', '..%2f..%2fetc', 'A'.repeat(200), `account_${'A'.repeat(26)}`, '%F0%9F%98%80']
  return names.flatMap((name) =>
    wrong.map((value) => ({
      ...good,
      name: `${name} of another form: ${value.slice(0, 20)}`,
      path: samplePath(route.path, { [name]: value }),
      codes: ['not-found'],
    })),
  )
}

function queryFaults(route: AnyRoute, good: Good): BadRequest[] {
  const fault = (name: string, query: string): BadRequest => ({ ...good, name, path: `${samplePath(route.path)}?${query}`, codes: ['invalid-request'] })
  const any = [fault('an unknown query', 'sort=name'), fault('a query called __proto__', '__proto__=1')]
  if (route.query === 'http/page-query')
    return [
      ...any,
      ...['', 'x', '%00', 'AAAA', 'bnVsbA', 'W10', 'A'.repeat(5000)].map((cursor) => fault(`a cursor: ${cursor.slice(0, 8)}`, `cursor=${cursor}`)),
    ]
  if (route.query !== 'http/inclusion-proof-query') return any
  return [
    ...any,
    ...['index=0', 'index=a&treeSize=1', 'index=-1&treeSize=1', 'index=0&treeSize=0', 'index=0.5&treeSize=1', 'index=0&treeSize=1&treeSize=1'].map((query) =>
      fault(query, query),
    ),
  ]
}

function headerFaults(route: AnyRoute, good: Good): BadRequest[] {
  const wrong = (name: string, values: readonly string[], ...codes: string[]): BadRequest[] =>
    values.map((value) => ({ ...good, name: `${name} ${value.slice(0, 12)}`, headers: { ...good.headers, [name]: value }, codes }))
  const ifMatch = route.requires?.includes('ifMatch') ? [...wrong('if-match', ['*', 'W/"0"', '"x"', '"0", "1"'], 'invalid-request')] : []
  const key = route.requires?.includes('idempotencyKey') ? [...wrong('idempotency-key', ['', 'k'.repeat(129), 'a b'], 'invalid-request')] : []
  return [...ifMatch, ...key]
}

function bodyFaults(route: AnyRoute, good: Good): BadRequest[] {
  const fault = (name: string, body: string | Uint8Array, codes: readonly string[], headers: Record<string, string> = {}): BadRequest => ({
    ...good,
    name,
    body,
    headers: { ...good.headers, ...headers },
    codes,
  })
  if (route.body === undefined)
    return route.method === 'get' ? [] : [fault('a body where none is taken', '{}', ['invalid-request'], { 'content-type': 'application/json' })]
  const media = ['application/xml', 'text/plain', 'multipart/form-data; boundary=x'].map((type) =>
    fault(`media type ${type}`, '{}', ['unsupported-media-type'], { 'content-type': type }),
  )
  if (route.body === 'sealed-bytes') return [...media, fault('JSON for bytes', '{}', ['unsupported-media-type'], { 'content-type': 'application/json' })]
  return [...media, ...jsonFaults(route, good).map(([name, body, ...codes]) => fault(name, body, codes))]
}

/** Faults of one request more than once cost the public routes' allowance of a minute, so few places of each are taken there. */
function jsonFaults(route: AnyRoute, { sample }: Good): readonly (readonly [name: string, body: string, ...codes: string[]])[] {
  const text = JSON.stringify(sample)
  const places = placesIn(sample)
  const some = <T>(all: readonly T[]): readonly T[] => (route.auth === 'public' ? spread(all, 5) : spread(all, 12))
  const fields = some(places.filter(({ path }) => path.length > 0))
  const objects = some(places.filter(({ value }) => isObject(value)))
  const texts = some(places.filter(({ value }) => typeof value === 'string'))
  const isEmpty = route.body === 'http/empty-request'
  return [
    ['broken JSON', text.slice(0, -1), 'malformed-json'],
    ['no body', '', 'malformed-json'],
    ['bytes behind the body', `${text}x`, 'malformed-json'],
    ['nothing but quotes', `"${'\\"'.repeat(100_000)}`, 'malformed-json'],
    ['a list', '[]', 'invalid-request'],
    ['null', 'null', 'invalid-request'],
    ['too deep', `{"a":${'['.repeat(40)}${']'.repeat(40)}}`, 'invalid-request'],
    ['too large', `{"a":"${'A'.repeat(route.maxSizeBytes ?? 262_144)}"}`, 'body-too-large'],
    ['a member named twice', isEmpty ? '{"a":1,"a":1}' : text.replace('{', `{${text.slice(1, text.indexOf(':'))}:1,`), 'malformed-json'],
    ['a lone surrogate', '{"a":"\\ud800"}', 'malformed-json'],
    ...objects.map(
      ({ path }) => [`an unknown member in /${path.join('/')}`, JSON.stringify(changed(sample, [...path, 'more'], 1)), 'invalid-request'] as const,
    ),
    ...fields.map(({ path }) => [`without /${path.join('/')}`, JSON.stringify(changed(sample, path, undefined)), 'invalid-request'] as const),
    ...fields.map(
      ({ path, value }) =>
        [`another type in /${path.join('/')}`, JSON.stringify(changed(sample, path, typeof value === 'number' ? '1' : 1)), 'invalid-request'] as const,
    ),
    ...texts.map(
      ({ path }) => [`too long a text in /${path.join('/')}`, JSON.stringify(changed(sample, path, 'A'.repeat(limitOf(route)))), 'invalid-request'] as const,
    ),
  ]
}

/** Longer than every text of the contract, and shorter than the body may be. */
function limitOf({ maxSizeBytes = 262_144 }: AnyRoute): number {
  return Math.floor(maxSizeBytes * 0.98)
}

interface PlaceIn {
  readonly path: readonly (string | number)[]
  readonly value: unknown
}

function placesIn(value: unknown, path: readonly (string | number)[] = []): readonly PlaceIn[] {
  const inside = isObject(value) ? Object.entries(value) : []
  return [{ path, value }, ...inside.flatMap(([name, part]) => placesIn(part, [...path, name]))]
}

function changed(value: unknown, [first, ...rest]: readonly (string | number)[], to: unknown): unknown {
  if (first === undefined) return to
  const { [first]: before, ...others } = value as Readonly<Record<string, unknown>>
  const after = changed(before, rest, to)
  return after === undefined ? others : { ...others, [first]: after }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function spread<T>(all: readonly T[], most: number): readonly T[] {
  const step = Math.max(1, all.length / most)
  return Array.from({ length: Math.min(most, all.length) }, (_, at) => all[Math.floor(at * step)] as T)
}
