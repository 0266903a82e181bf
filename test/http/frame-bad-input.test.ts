import { connect } from 'node:net'
import supertest from 'supertest'
import { listen } from '../../src/http/listen.ts'
import { validate } from '../../src/shared/validate.ts'
import { accountToken, caseId, nonce, operatorToken, sampleApp } from './frame-setup.ts'

const { app, done } = sampleApp()
const bearer = `Bearer ${accountToken}`
const deep = `{"nonce":${'['.repeat(40)}${']'.repeat(40)}}`

beforeEach(() => done.splice(0))

const post = (body: string | Buffer, headers: Record<string, string> = {}) =>
  supertest(app)
    .post('/v1/samples')
    .set({ authorization: bearer, 'idempotency-key': 'k1', 'content-type': 'application/json', ...headers })
    .send(body)

const put = (path: string, body: string, headers: Record<string, string>) =>
  supertest(app)
    .put(path)
    .set({ authorization: bearer, ...headers })
    .send(body)
const json = { 'content-type': 'application/json' }
const bytes = { 'content-type': 'application/octet-stream' }

test.each<[string, () => supertest.Test, number, string]>([
  ['a wrong type', () => post('{"nonce":1}'), 400, 'invalid-request'],
  ['a missing member', () => post('{}'), 400, 'invalid-request'],
  ['an unknown member', () => post(`{"nonce":"${nonce}","more":1}`), 400, 'invalid-request'],
  ['a member called __proto__', () => post(`{"nonce":"${nonce}","__proto__":{}}`), 400, 'invalid-request'],
  ['a text that is too long', () => post(`{"nonce":"${nonce}A"}`), 400, 'invalid-request'],
  ['too deep a body', () => post(deep), 400, 'invalid-request'],
  ['a body too large for every route', () => post(`{"nonce":"${'A'.repeat(300_000)}"}`), 413, 'body-too-large'],
  ['broken JSON', () => post('{"nonce":'), 400, 'malformed-json'],
  ['no body', () => post(''), 400, 'malformed-json'],
  ['a scalar for an object', () => post('"text"'), 400, 'invalid-request'],
  ['a member named twice', () => post(`{"nonce":"${nonce}","nonce":"${nonce}"}`), 400, 'malformed-json'],
  ['a member named twice, once escaped', () => post(`{"nonce":"${nonce}","\\u006eonce":"${nonce}"}`), 400, 'malformed-json'],
  ['a lone surrogate', () => post('{"nonce":"\\ud800"}'), 400, 'malformed-json'],
  ['bytes that are not UTF-8', () => post(Buffer.from([0x22, 0xff, 0x22])).serialize((body) => body), 400, 'malformed-json'],
  ['a byte order mark', () => post(`\ufeff{"nonce":"${nonce}"}`), 400, 'malformed-json'],
  ['a wrong media type', () => post('<a/>', { 'content-type': 'text/xml' }), 415, 'unsupported-media-type'],
  ['another character set', () => post('{}', { 'content-type': 'application/json; charset=utf-16' }), 415, 'unsupported-media-type'],
  ['a content encoding', () => post('{}', { 'content-encoding': 'gzip' }), 415, 'unsupported-media-type'],
  ['a missing idempotency key', () => post(`{"nonce":"${nonce}"}`, { 'idempotency-key': '' }), 400, 'invalid-request'],
  ['too long an idempotency key', () => post(`{"nonce":"${nonce}"}`, { 'idempotency-key': 'k'.repeat(129) }), 400, 'invalid-request'],
  ['a query where none is taken', () => supertest(app).post('/v1/samples?a=1').set('authorization', bearer), 400, 'invalid-request'],
  ['a body too large for this route', () => put(`/v1/samples/${caseId}`, 'x'.repeat(1001), { ...json, 'if-match': '"7"' }), 413, 'body-too-large'],
  ['a missing If-Match', () => put(`/v1/samples/${caseId}`, `{"nonce":"${nonce}"}`, json), 428, 'precondition-required'],
  ['any version in If-Match', () => put(`/v1/samples/${caseId}`, `{"nonce":"${nonce}"}`, { ...json, 'if-match': '*' }), 400, 'invalid-request'],
  ['a weak tag in If-Match', () => put(`/v1/samples/${caseId}`, `{"nonce":"${nonce}"}`, { ...json, 'if-match': 'W/"7"' }), 400, 'invalid-request'],
  ['a stale version', () => put(`/v1/samples/${caseId}`, `{"nonce":"${nonce}"}`, { ...json, 'if-match': '"6"' }), 412, 'stale-version'],
  ['an id of another kind', () => put(`/v1/samples/account_${'a'.repeat(26)}`, '{}', { ...json, 'if-match': '"7"' }), 404, 'not-found'],
  ['a path that climbs', () => put('/v1/samples/..%2f..%2fetc', '{}', { ...json, 'if-match': '"7"' }), 404, 'not-found'],
  ['a path that is not UTF-8', () => put('/v1/samples/%ff', '{}', json), 400, 'invalid-request'],
  ['a wrong name for bytes', () => put('/v1/blobs/AAAA', 'x', bytes), 404, 'not-found'],
  ['bytes as JSON', () => put(`/v1/blobs/${'a'.repeat(64)}`, '{}', json), 415, 'unsupported-media-type'],
  ['too many bytes, announced', () => put(`/v1/blobs/${'a'.repeat(64)}`, 'x'.repeat(1001), bytes), 413, 'body-too-large'],
  ['a path that is nowhere', () => supertest(app).get('/v1/nowhere'), 404, 'not-found'],
  ['another spelling of a path', () => supertest(app).get('/V1/samples'), 404, 'not-found'],
  ['another method', () => supertest(app).delete('/v1/samples'), 405, 'method-not-allowed'],
  ['a body where none is taken', () => supertest(app).post('/v1/limited').set(json).send('{}'), 400, 'invalid-request'],
  ['a media type that is not there', () => supertest(app).get('/keys.json').set('accept', 'image/png'), 406, 'not-acceptable'],
  ['a query of the wrong type', () => operator('/v1/samples?index=many&treeSize=1'), 400, 'invalid-request'],
  ['a query out of range', () => operator('/v1/samples?index=0&treeSize=0'), 400, 'invalid-request'],
  ['an unknown query', () => operator('/v1/samples?index=0&treeSize=1&sort=name'), 400, 'invalid-request'],
  ['a query that comes twice', () => operator('/v1/samples?index=0&treeSize=1&treeSize=2'), 400, 'invalid-request'],
])('refuses %s with a problem document, and nothing is done', async (_case, request, status, code) => {
  const response = await request()
  expect([response.status, response.body.code]).toEqual([status, code])
  expect(response.headers['content-type']).toBe('application/problem+json')
  expect(validate('http/problem', response.body)).toEqual([])
  expect(done).toEqual([])
})

test('points at the fault without repeating what was sent', async () => {
  const response = await post('{"nonce":"ERIKSSON ANNA"}')
  expect(response.body.errors[0].pointer).toBe('/nonce')
  expect(response.text).not.toContain('ERIKSSON')
})

test('names the methods of a path', async () => {
  const response = await supertest(app).delete('/v1/samples')
  expect(response.headers['allow']).toBe('POST, GET, HEAD')
})

test('refuses too many bytes that were not announced, and nothing is done', async () => {
  const { text } = await exchange((head) => `${head}transfer-encoding: chunked\r\n\r\n${`1f4\r\n${'x'.repeat(500)}\r\n`.repeat(3)}0\r\n\r\n`)
  expect(text).toContain('"code":"body-too-large"')
  expect(done).toEqual([])
})

test('does nothing with an upload that breaks off, and goes on serving', async () => {
  await exchange((head) => `${head}content-length: 900\r\n\r\nxxxx`, true)
  expect(done).toEqual([])
  expect((await put(`/v1/blobs/${'a'.repeat(64)}`, 'xxxx', bytes)).status).toBe(201)
})

test('answers a bug with a bare 500, and logs where but not what', async () => {
  const { app: broken, lines } = sampleApp()
  const response = await supertest(broken).get('/bug')
  expect([response.status, response.body.code, response.body.detail]).toEqual([500, 'internal-error', undefined])
  expect(response.text + lines.join('')).not.toContain('ERIKSSON')
  expect(lines.join('')).toContain('frame-routes.ts')
})

function operator(path: string) {
  return supertest(app).get(path).set('authorization', `Bearer ${operatorToken}`)
}

/** Sends raw bytes, and gives what came back; with `hangUp` the client goes away in the middle. */
async function exchange(request: (head: string) => string, hangUp = false): Promise<{ readonly text: string }> {
  const server = await listen(app, 0, '127.0.0.1')
  const head = `PUT /v1/blobs/${'a'.repeat(64)} HTTP/1.1\r\nhost: x\r\nconnection: close\r\nauthorization: ${bearer}\r\ncontent-type: application/octet-stream\r\n`
  const text = await new Promise<string>((resolve, reject) => {
    let received = ''
    const socket = connect(server.port, '127.0.0.1', () => socket.write(request(head), () => hangUp && socket.end()))
    socket.on('data', (chunk) => (received += chunk.toString()))
    socket.on('close', () => resolve(received)).on('error', reject)
  })
  await server.close()
  return { text }
}
