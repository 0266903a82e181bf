import type { SchemaName, SchemaTypes } from '../shared/contract/types.ts'

/** Who may call a route. `public` routes never look at a session. */
export type RouteAuth = 'public' | 'account' | 'operator' | 'account-or-operator'

/** Who is signed in. `id` is an account or operator id; `session` names the session, for ending it. */
export interface Principal {
  readonly kind: 'account' | 'operator'
  readonly id: string
  readonly session: string
}

/** What a handler gets when the route says `requires`: the frame refuses requests without that header. */
export interface RequiredHeaders {
  /** The `Idempotency-Key` header: 1 to 128 visible ASCII characters. */
  readonly idempotencyKey: string
  /** The version in the `If-Match` header, which is one strong tag as `etagOf` writes it. */
  readonly ifMatch: number
}

/** The parameters of a path in express form: `'/v1/cases/:caseId'` has `caseId`, `'/tile/*rest'` has `rest`. */
export type PathParams<P extends string> = P extends `${infer Head}/${infer Tail}`
  ? PathParams<Head> & PathParams<Tail>
  : P extends `:${infer Name}` | `*${infer Name}`
    ? { readonly [K in Name]: string }
    : unknown

/** The type of a body or query with this schema. */
type Described<N> = N extends SchemaName ? SchemaTypes[N] : undefined

/** A request as a handler sees it: parsed and of the declared form. */
export type RouteRequest<
  P extends string = string,
  A extends RouteAuth = RouteAuth,
  B extends SchemaName | 'sealed-bytes' | undefined = undefined,
  Q extends SchemaName | undefined = undefined,
  H extends keyof RequiredHeaders = never,
> = Partial<RequiredHeaders> &
  Pick<RequiredHeaders, H> & {
    readonly params: PathParams<P>
    readonly query: Described<Q>
    readonly body: Described<B>
    /** The body of a `sealed-bytes` route. Rejects with `body-too-large`, or `invalid-request` when the upload breaks off. */
    readonly bytes: B extends 'sealed-bytes' ? AsyncIterable<Uint8Array> : undefined
    readonly principal: A extends 'public' ? undefined : Principal
    readonly requestId: string
    /** The `Origin` header, which pages send and headless devices do not. */
    readonly origin: string | undefined
    /** The best of these media types for the client. Throws `not-acceptable` if it wants none of them. */
    readonly preferredType: (mediaTypes: readonly string[]) => string
  }

/** What a handler answers: at most one of `body` (JSON), `text` and `bytes`. */
export interface RouteReply {
  readonly status: number
  readonly body?: unknown
  readonly text?: string
  readonly bytes?: Uint8Array | AsyncIterable<Uint8Array>
  /** Needed only where the status declares no media type, or several replies share one status. */
  readonly mediaType?: string
  /** Lower-case names. `cache-control` is `no-store` unless it is set here. With an `etag`, `If-None-Match` is answered by the frame. */
  readonly headers?: Readonly<Record<string, string | readonly string[]>>
}

/** A declared answer. Without schema and media type it has no body; a schema alone means JSON. */
export interface ResponseDeclaration {
  readonly description?: string
  readonly schema?: SchemaName
  readonly mediaType?: string | readonly string[]
}

/** What a route says about itself. One table of these gives routing, validation, the OpenAPI document and checked replies. */
export interface RouteDefinition<
  D,
  P extends string,
  A extends RouteAuth,
  B extends SchemaName | 'sealed-bytes' | undefined,
  Q extends SchemaName | undefined,
  H extends keyof RequiredHeaders,
> {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete'
  /** Express form. A parameter called `caseId` must be a case id, and so on; anything else is `not-found`. */
  readonly path: P
  readonly operationId: string
  readonly summary: string
  readonly auth: A
  readonly body?: B
  /** Of the body; 256 kB unless given. */
  readonly maxSizeBytes?: number
  /** The query's schema: an object whose members are texts, integers or booleans. Without one, a query is refused. */
  readonly query?: Q
  /** Headers without which the request is refused. */
  readonly requires?: readonly H[]
  /** Requests a minute from one signed-in principal, or from one address if public. */
  readonly perMinute?: number
  /** Whether any origin may read the answer: public files such as keys and status lists. */
  readonly isCrossOrigin?: boolean
  readonly responses: Readonly<Record<number, ResponseDeclaration>>
  readonly handle: (request: RouteRequest<P, A, B, Q, H>, deps: D) => Promise<RouteReply>
}

/** A route of the table, its handler's own types put away. */
export interface Route<D> extends Omit<
  RouteDefinition<D, string, RouteAuth, SchemaName | 'sealed-bytes' | undefined, SchemaName | undefined, never>,
  'handle' | 'requires'
> {
  readonly requires?: readonly (keyof RequiredHeaders)[]
  readonly handle: (request: never, deps: D) => Promise<RouteReply>
}

/**
 * Declares a route. Types follow from the declaration; annotate the handler's second parameter with what it needs.
 *
 * ```ts
 * // src/http/routes/cases.ts: parse (done by the frame), call the feature, reply
 * interface CaseRouteDeps { readonly cases: CasesFeature }
 *
 * export const caseRoutes = [
 *   defineRoute({
 *     method: 'post',
 *     path: '/v1/cases/:caseId/nonce',
 *     operationId: 'revealNonce',
 *     summary: 'Reveals the nonce whose hash opened the case',
 *     auth: 'account',
 *     body: 'http/reveal-nonce-request',
 *     requires: ['idempotencyKey', 'ifMatch'],
 *     responses: { 200: { schema: 'http/case' } },
 *     async handle({ params, body, principal, ifMatch }, deps: CaseRouteDeps) {
 *       const found = await revealNonce(deps.cases, { caseId: params.caseId, account: principal.id, nonce: body.nonce, version: ifMatch })
 *       return { status: 200, body: caseReply(found), headers: { etag: etagOf(found.version) } }
 *     },
 *   }),
 *   defineRoute({
 *     method: 'put',
 *     path: '/v1/vault/items/:sha256',
 *     operationId: 'putVaultItem',
 *     summary: 'Keeps a sealed item',
 *     auth: 'account',
 *     body: 'sealed-bytes',
 *     maxSizeBytes: 20_000_000,
 *     responses: { 201: { schema: 'http/upload' } },
 *     async handle({ params, bytes, principal }, deps: VaultRouteDeps) {
 *       return { status: 201, body: await keepItem(deps.vault, { account: principal.id, sha256: params.sha256, bytes }) }
 *     },
 *   }),
 * ]
 *
 * // compose.ts: `deps` has everything that some route needs
 * const app = createApp({ routes: [...caseRoutes, ...vaultRoutes], deps: { cases, vault }, issuer, logger, authenticate })
 * ```
 *
 * A handler throws `AuthorityError`s and nothing else that is expected; `problem.ts` turns them into problem documents.
 * Every declared schema name must exist. Problem replies need no declaration.
 */
export function defineRoute<
  const P extends string,
  A extends RouteAuth,
  D = unknown,
  B extends SchemaName | 'sealed-bytes' | undefined = undefined,
  Q extends SchemaName | undefined = undefined,
  H extends keyof RequiredHeaders = never,
>(definition: RouteDefinition<D, P, A, B, Q, H>): Route<D> {
  return definition
}
