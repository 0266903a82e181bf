import { createLocalJWKSet, jwtVerify } from 'jose'
import { pino } from 'pino'
import supertest from 'supertest'
import type { Keys } from '../../src/authority/keys/index.ts'
import { createStatusLists } from '../../src/authority/status/index.ts'
import { createApp } from '../../src/http/app.ts'
import { publicFileRoutes } from '../../src/http/routes/public-files.ts'
import { identifiedContext } from '../../src/shared/identified-context.ts'
import type { DocumentStore } from '../../src/storage/collection.ts'
import { openIssuance } from '../support/issuance.ts'
import { openMemoryStore } from '../support/memory-store.ts'
import { openTestKeys, testIssuer } from '../support/test-keys.ts'

const start = 1_795_262_400
let keys: Keys
let store: DocumentStore
let app: ReturnType<typeof createApp>

beforeAll(async () => {
  keys = await openTestKeys(start)
  store = openMemoryStore()
  const { deps, blocks } = await openIssuance(store, keys, start)
  await deps.counters.take(1)
  const statusLists = createStatusLists({ ...deps, counterBlocks: blocks, statusChanges: { async *notValid() {} } })
  const features = { issuer: testIssuer, clock: deps.clock, keys, statusLists, audit: deps.audit }
  const logger = pino({ level: 'silent' })
  app = createApp({
    routes: publicFileRoutes,
    deps: { features },
    issuer: testIssuer,
    authenticate: () => Promise.resolve(undefined),
    logger,
    checkReplies: true,
  })
})
afterAll(() => store.close())

const get = (path: string, accept = '*/*') => supertest(app).get(path).set('accept', accept).buffer(true).parse(asText)
const asText = (response: unknown, done: (error: Error | null, body: string) => void): void => {
  const stream = response as NodeJS.ReadableStream
  let text = ''
  stream.on('data', (chunk: Buffer) => (text += chunk.toString()))
  stream.on('end', () => done(null, text))
}

describe('public files', () => {
  it.each([
    ['/.well-known/jwks.json', 'application/jwk-set+json', () => keys.jwks],
    ['/.well-known/did.json', 'application/did+json', () => keys.didDocument],
    ['/trust.json', 'application/json', () => keys.signedTrust],
    ['/contexts/identified/v1', 'application/ld+json', () => identifiedContext],
  ])('%s is %s', async (path, mediaType, content) => {
    const response = await get(path)
    expect([response.status, JSON.parse(response.body as string)]).toEqual([200, content()])
    expect(response.headers['content-type']).toMatch(new RegExp(`^${mediaType.replace('+', '\\+')}`))
  })

  it.each([
    ['/status/tsl/0', 'application/statuslist+jwt', 'statuslist+jwt'],
    ['/status/bitstring/revocation/7', 'application/vc+jwt', 'vc+jwt'],
    ['/status/bitstring/suspension/0', 'application/vc+jwt', 'vc+jwt'],
    ['/trust-bundle.jwt', 'application/jwt', 'vouchsafe-bundle+jwt'],
  ])('%s is a token of type %s', async (path, mediaType, typ) => {
    const response = await get(path)
    expect(response.headers['content-type']).toMatch(new RegExp(`^${mediaType.replace('+', '\\+')}`))
    await expect(jwtVerify(response.body as string, createLocalJWKSet(keys.jwks as never), { typ, currentDate: new Date(start * 1000), issuer: keys.did })).resolves.toBeDefined() // prettier-ignore
  })

  it.each([
    ['as a credential', 'application/vc'],
    ['as JSON-LD libraries do', 'application/ld+json, application/json'],
    ['as JSON-LD libraries do, with anything else as the last choice', 'application/ld+json, application/json;q=0.9, */*;q=0.1'],
    ['as JSON', 'application/json'],
  ])('gives a bitstring list in Data Integrity form to those who ask for it %s', async (_name, accept) => {
    const response = await get('/status/bitstring/revocation/0', accept)
    expect(response.headers).toMatchObject({ 'content-type': expect.stringMatching(/^application\/vc(;|$)/), vary: expect.stringMatching(/accept/i) })
    expect(JSON.parse(response.body as string)).toMatchObject({ id: `${testIssuer}/status/bitstring/revocation/0`, proof: { cryptosuite: 'eddsa-rdfc-2022' } })
    expect((await get('/status/bitstring/revocation/0', 'image/png')).status).toBe(406)
  })

  it('may be read by any origin and kept for the time that they say', async () => {
    const keysFile = await get('/.well-known/jwks.json')
    expect(keysFile.headers).toMatchObject({ 'access-control-allow-origin': '*', 'cache-control': 'public, max-age=60' })
    const list = await get('/status/tsl/0')
    expect(list.headers['cache-control']).toBe('public, max-age=5')
    expect((await get('/status/tsl/0').set('if-none-match', list.headers['etag']!)).status).toBe(304)
  })

  it('shows the policy, and none that does not exist', async () => {
    expect(JSON.parse((await get('/policies/identified/v1')).body as string)).toMatchObject({ id: 'identified/v1', checklist: expect.any(Array) })
    expect((await get('/policies/identified/v9')).status).toBe(404)
  })

  it.each([
    '/status/tsl/8',
    '/status/tsl/00',
    '/status/tsl/-1',
    '/status/tsl/1e3',
    '/status/tsl/x',
    '/status/tsl/9999999999999999',
    '/status/bitstring/refresh/0',
    '/status/bitstring/revocation/8',
  ])('%s is not there', async (path) => {
    const response = await get(path)
    expect([response.status, JSON.parse(response.body as string)]).toEqual([404, expect.objectContaining({ code: 'not-found' })])
  })

  it('take no query and no body', async () => {
    expect((await get('/trust.json?x=1')).status).toBe(400)
    expect((await supertest(app).post('/trust.json').send({})).status).toBe(405)
  })
})
