import { pino } from 'pino'
import supertest from 'supertest'
import { createApp } from '../../src/http/app.ts'
import { sampleRoutes } from './frame-routes.ts'
import { accountToken, caseId, nonce, sampleApp } from './frame-setup.ts'

const { app, done } = sampleApp()

test('answers with the declared media type, no caching and the headers of the handler', async () => {
  const response = await supertest(app)
    .put(`/v1/samples/${caseId}`)
    .set({ authorization: `Bearer ${accountToken}`, 'if-match': '"7"' })
    .send({ nonce })
  expect([response.status, response.headers['etag'], response.headers['cache-control']]).toEqual([200, '"8"', 'no-store'])
  expect(response.headers['content-type']).toBe('application/json; charset=utf-8')
  expect(done).toEqual([[caseId, 7]])
})

test('hands bytes to the handler as they come', async () => {
  const response = await supertest(app)
    .put(`/v1/blobs/${'a'.repeat(64)}`)
    .set({ authorization: `Bearer ${accountToken}`, 'content-type': 'application/octet-stream' })
    .send(Buffer.alloc(1000))
  expect([response.status, response.body.sizeBytes]).toEqual([201, 1000])
})

test('gives the form that the client prefers', async () => {
  const response = await supertest(app).get('/keys.json').set('accept', 'application/jwt')
  expect(response.headers['content-type']).toMatch(/^application\/jwt/)
})

test('answers 304 to a client that has the file, and lets other origins read it', async () => {
  const response = await supertest(app).get('/keys.json').set({ 'if-none-match': '"1"', origin: 'https://elsewhere.example' })
  expect([response.status, response.headers['access-control-allow-origin'], response.headers['cross-origin-resource-policy']]).toEqual([
    304,
    '*',
    'cross-origin',
  ])
})

test('answers HEAD without a body', async () => {
  const response = await supertest(app).head('/stream')
  expect([response.status, response.text]).toEqual([200, undefined])
})

test('sends streams', async () => {
  const response = await supertest(app).get('/stream').buffer(true)
  expect(response.body.toString()).toBe('one two')
})

test('gives the rest of a path as one parameter', async () => {
  expect((await supertest(app).get('/tile/0/x001/234')).text).toBe('0/x001/234')
})

test('fails in tests when a reply is not as declared', async () => {
  expect((await supertest(app).get('/undeclared')).status).toBe(500)
})

test('forbids everything by headers', async () => {
  const { headers } = await supertest(app).get('/keys.json')
  expect(headers['content-security-policy']).toBe("default-src 'none';frame-ancestors 'none';base-uri 'none';form-action 'none'")
  expect([headers['cross-origin-opener-policy'], headers['referrer-policy'], headers['x-powered-by']]).toEqual(['same-origin', 'no-referrer', undefined])
})

test('describes every route in the OpenAPI document, with references that lead somewhere', async () => {
  const { body, headers } = await supertest(app).get('/openapi.json')
  expect(headers['content-type']).toMatch(/^application\/json/)
  expect(body.openapi).toBe('3.1.0')
  expect(Object.keys(body.paths)).toEqual(expect.arrayContaining(['/v1/samples', '/v1/samples/{caseId}', '/tile/{rest}']))
  expect(body.paths['/v1/samples'].post.requestBody.content['application/json'].schema.$ref).toBe('#/components/schemas/http.reveal-nonce-request')
  const references = [...JSON.stringify(body).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, pointer]) => pointer!.split('/'))
  expect(references.length).toBeGreaterThan(10)
  for (const path of references) expect(path.reduce((value, name) => value?.[name], body)).toBeDefined()
})

test.each(['operationId', 'path'])('does not start with two routes of one %s', (same) => {
  const [first, second] = [sampleRoutes[0]!, { ...sampleRoutes[0]!, operationId: 'other', path: '/other', [same]: sampleRoutes[0]![same as 'path'] }]
  expect(() =>
    createApp({
      routes: [first, second],
      deps: { done: [] },
      issuer: 'http://x',
      authenticate: () => Promise.resolve(undefined),
      logger: pino({ level: 'silent' }),
    }),
  ).toThrow('Two routes are')
})
