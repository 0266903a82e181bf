import { createHash } from 'node:crypto'
import type { AuditLog } from '../../authority/audit/index.ts'
import type { Keys } from '../../authority/keys/index.ts'
import { trustBundle } from '../../authority/relying-parties/index.ts'
import type { ListForm, PublishedList, StatusLists } from '../../authority/status/index.ts'
import type { Clock } from '../../shared/clock.ts'
import { AuthorityError } from '../../shared/errors.ts'
import { identifiedContext } from '../../shared/identified-context.ts'
import { policyOf } from '../../shared/policy.ts'
import type { StatusPurpose } from '../../shared/public-names.ts'
import { defineRoute, type RouteReply } from '../route.ts'

/** What these routes call. */
export interface PublicFileRouteDeps {
  readonly features: {
    readonly issuer: string
    readonly clock: Clock
    readonly keys: Keys
    readonly statusLists: StatusLists
    readonly audit: AuditLog
  }
}

const keysMaxAgeSeconds = 60
const listMaxAgeSeconds = 5
const foreverMaxAgeSeconds = 86_400

/** What relying parties read, from anywhere, without an account: keys, trust, status, names. */
export const publicFileRoutes = [
  defineRoute({
    method: 'get',
    path: '/.well-known/jwks.json',
    operationId: 'getJwks',
    summary: 'The public keys of credentials, status lists and bundles',
    auth: 'public',
    isCrossOrigin: true,
    responses: { 200: { mediaType: 'application/jwk-set+json' } },
    handle: async (_request, { features }: PublicFileRouteDeps) => file(JSON.stringify(features.keys.jwks), keysMaxAgeSeconds),
  }),
  defineRoute({
    method: 'get',
    path: '/.well-known/did.json',
    operationId: 'getDidDocument',
    summary: 'The DID document (did:web)',
    auth: 'public',
    isCrossOrigin: true,
    responses: { 200: { mediaType: 'application/did+json' } },
    handle: async (_request, { features }: PublicFileRouteDeps) => file(JSON.stringify(features.keys.didDocument), keysMaxAgeSeconds),
  }),
  defineRoute({
    method: 'get',
    path: '/trust.json',
    operationId: 'getTrustFile',
    summary: 'The trust file, signed by the root key',
    auth: 'public',
    isCrossOrigin: true,
    responses: { 200: { mediaType: 'application/json' } },
    handle: async (_request, { features }: PublicFileRouteDeps) => file(JSON.stringify(features.keys.signedTrust), keysMaxAgeSeconds),
  }),
  defineRoute({
    method: 'get',
    path: '/trust-bundle.jwt',
    operationId: 'getTrustBundle',
    summary: 'All that a relying party needs offline',
    auth: 'public',
    isCrossOrigin: true,
    responses: { 200: { mediaType: 'application/jwt' } },
    async handle(_request, { features }: PublicFileRouteDeps) {
      const { audit } = features
      const checkpoint = (): Promise<string> => audit.catchUp().then(() => audit.checkpoint())
      return file(await trustBundle({ ...features, checkpoint }), listMaxAgeSeconds)
    },
  }),
  defineRoute({
    method: 'get',
    path: '/status/tsl/:list',
    operationId: 'getTokenStatusList',
    summary: 'A Token Status List',
    auth: 'public',
    isCrossOrigin: true,
    responses: { 200: { mediaType: 'application/statuslist+jwt' } },
    handle: ({ params }, { features }: PublicFileRouteDeps) => listReply(features, { form: 'token-status-list' }, params.list),
  }),
  defineRoute({
    method: 'get',
    path: '/status/bitstring/:purpose/:list',
    operationId: 'getBitstringStatusList',
    summary: 'A Bitstring Status List credential',
    auth: 'public',
    isCrossOrigin: true,
    responses: { 200: { mediaType: ['application/vc+jwt', 'application/vc'] } },
    async handle({ params, preferredType }, { features }: PublicFileRouteDeps) {
      // JSON-LD libraries ask for `application/ld+json` or `application/json`; `application/vc` is both.
      const wanted = preferredType(['application/vc+jwt', 'application/vc', 'application/ld+json', 'application/json'])
      const form = wanted === 'application/vc+jwt' ? 'bitstring-jwt' : 'bitstring-data-integrity'
      const reply = await listReply(features, { form, purpose: purposeOf(params.purpose) }, params.list)
      return { ...reply, headers: { ...reply.headers, vary: 'accept' } }
    },
  }),
  defineRoute({
    method: 'get',
    path: '/contexts/identified/v1',
    operationId: 'getContext',
    summary: 'The JSON-LD context of IdentifiedCredential',
    auth: 'public',
    isCrossOrigin: true,
    responses: { 200: { mediaType: 'application/ld+json' } },
    handle: async (_request, _deps: PublicFileRouteDeps) => file(JSON.stringify(identifiedContext), foreverMaxAgeSeconds),
  }),
  defineRoute({
    method: 'get',
    path: '/policies/:name/:version',
    operationId: 'getPolicy',
    summary: 'What evidence a policy needs, and what reviewers check',
    auth: 'public',
    isCrossOrigin: true,
    responses: { 200: { mediaType: 'application/json' } },
    handle: async ({ params }, _deps: PublicFileRouteDeps) => file(JSON.stringify(policyOf(`${params.name}/${params.version}`)), foreverMaxAgeSeconds),
  }),
]

function file(text: string, maxAgeSeconds: number): RouteReply {
  return withTag(text, `"${createHash('sha256').update(text).digest('base64url')}"`, maxAgeSeconds)
}

function withTag(text: string, etag: string, maxAgeSeconds: number): RouteReply {
  return { status: 200, text, headers: { etag, 'cache-control': `public, max-age=${String(maxAgeSeconds)}` } }
}

async function listReply({ statusLists }: PublicFileRouteDeps['features'], wanted: ListForm, list: string): Promise<RouteReply> {
  const { text, etag, mediaType }: PublishedList = await statusLists.published(wanted, listNumber(list))
  return { ...withTag(text, etag, listMaxAgeSeconds), mediaType }
}

function listNumber(text: string): number {
  if (!/^(0|[1-9][0-9]{0,11})$/.test(text)) throw new AuthorityError('not-found', 'There is no such status list.')
  return Number(text)
}

function purposeOf(text: string): StatusPurpose {
  if (text !== 'revocation' && text !== 'suspension') throw new AuthorityError('not-found', 'There is no such status list.')
  return text
}
