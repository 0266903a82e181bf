import { AuthorityError } from '../../src/shared/errors.ts'
import { etagOf } from '../../src/http/etag.ts'
import { defineRoute, type Route } from '../../src/http/route.ts'

/** What the sample routes need. */
export interface SampleDeps {
  /** Everything that a handler did, in order: what must stay empty when a request is refused. */
  readonly done: unknown[]
}

const upload = { sha256: 'a'.repeat(64), sizeBytes: 1 }

/** One route for each kind of thing that the frame does. */
export const sampleRoutes: readonly Route<SampleDeps>[] = [
  defineRoute({
    method: 'post',
    path: '/v1/samples',
    operationId: 'createSample',
    summary: 'Takes a nonce',
    auth: 'account',
    body: 'http/reveal-nonce-request',
    requires: ['idempotencyKey'],
    responses: { 201: { schema: 'http/upload' } },
    async handle({ body, principal, idempotencyKey }, deps: SampleDeps) {
      deps.done.push([principal.id, body.nonce, idempotencyKey])
      return { status: 201, body: upload }
    },
  }),
  defineRoute({
    method: 'put',
    path: '/v1/samples/:caseId',
    operationId: 'replaceSample',
    summary: 'Takes a nonce for one version',
    auth: 'account',
    body: 'http/reveal-nonce-request',
    maxSizeBytes: 1000,
    requires: ['ifMatch'],
    responses: { 200: { schema: 'http/upload' } },
    async handle({ params, ifMatch }, deps: SampleDeps) {
      if (ifMatch !== 7) throw new AuthorityError('stale-version', 'It has changed.')
      deps.done.push([params.caseId, ifMatch])
      return { status: 200, body: upload, headers: { etag: etagOf(8) } }
    },
  }),
  defineRoute({
    method: 'put',
    path: '/v1/blobs/:sha256',
    operationId: 'putBlob',
    summary: 'Takes bytes',
    auth: 'account-or-operator',
    body: 'sealed-bytes',
    maxSizeBytes: 1000,
    responses: { 201: { schema: 'http/upload' } },
    async handle({ bytes }, deps: SampleDeps) {
      let sizeBytes = 0
      for await (const chunk of bytes) sizeBytes += chunk.length
      deps.done.push(sizeBytes)
      return { status: 201, body: { ...upload, sizeBytes } }
    },
  }),
  defineRoute({
    method: 'get',
    path: '/v1/samples',
    operationId: 'listSamples',
    summary: 'A page of samples',
    auth: 'operator',
    query: 'http/inclusion-proof-query',
    responses: { 200: { mediaType: 'application/json' } },
    handle: ({ query }) => Promise.resolve({ status: 200, body: query }),
  }),
  defineRoute({
    method: 'get',
    path: '/keys.json',
    operationId: 'getKeys',
    summary: 'A public file in two forms',
    auth: 'public',
    isCrossOrigin: true,
    responses: { 200: { mediaType: ['application/json', 'application/jwt'] } },
    async handle({ preferredType }) {
      const mediaType = preferredType(['application/json', 'application/jwt'])
      return { status: 200, text: '{}', mediaType, headers: { etag: etagOf(1), 'cache-control': 'max-age=60' } }
    },
  }),
  defineRoute({
    method: 'get',
    path: '/tile/*rest',
    operationId: 'getTile',
    summary: 'A file somewhere below',
    auth: 'public',
    responses: { 200: { mediaType: 'text/plain' } },
    handle: ({ params }) => Promise.resolve({ status: 200, bytes: new TextEncoder().encode(params.rest) }),
  }),
  defineRoute({
    method: 'get',
    path: '/stream',
    operationId: 'getStream',
    summary: 'Bytes as a stream',
    auth: 'public',
    responses: { 200: { mediaType: 'application/octet-stream' } },
    handle: () => Promise.resolve({ status: 200, bytes: chunks() }),
  }),
  defineRoute({
    method: 'get',
    path: '/bug',
    operationId: 'bug',
    summary: 'Fails as nobody expects',
    auth: 'public',
    responses: {},
    handle: () => Promise.reject(new Error('the secret is ERIKSSON')),
  }),
  defineRoute({
    method: 'get',
    path: '/undeclared',
    operationId: 'undeclared',
    summary: 'Answers what it does not declare',
    auth: 'public',
    responses: { 200: { schema: 'http/upload' } },
    handle: () => Promise.resolve({ status: 200, body: { sha256: 'short', sizeBytes: 1 } }),
  }),
  defineRoute({
    method: 'post',
    path: '/v1/limited',
    operationId: 'limited',
    summary: 'Twice a minute',
    auth: 'public',
    perMinute: 2,
    responses: { 204: {} },
    handle: () => Promise.resolve({ status: 204 }),
  }),
]

async function* chunks(): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode('one ')
  yield new TextEncoder().encode('two')
}
