import supertest from 'supertest'
import { endedSessionCookie, sessionCookie } from '../../src/http/session-carrier.ts'
import { accountToken, issuer, nonce, operatorToken, sampleApp } from './frame-setup.ts'

const { app, done } = sampleApp()
const cookie = `__Host-vouchsafe=${accountToken}`
const body = { nonce }

beforeEach(() => done.splice(0))

const create = (headers: Record<string, string>) =>
  supertest(app)
    .post('/v1/samples')
    .set({ 'idempotency-key': 'k1', ...headers })
    .send(body)
const list = (headers: Record<string, string>) => supertest(app).get('/v1/samples?index=0&treeSize=2').set(headers)

test('admits a bearer without an origin', async () => {
  expect((await create({ authorization: `Bearer ${accountToken}` })).status).toBe(201)
  expect(done).toEqual([[`account_${'a'.repeat(26)}`, nonce, 'k1']])
})

test('admits a cookie from the own origin', async () => {
  expect((await create({ cookie: `a=b; ${cookie}`, origin: issuer })).status).toBe(201)
})

test('lets a cookie read without an origin', async () => {
  expect((await list({ cookie: `__Host-vouchsafe=${operatorToken}` })).body).toEqual({ index: 0, treeSize: 2 })
})

test.each<[string, () => supertest.Test, number, string]>([
  ['nobody', () => create({}), 401, 'sign-in-required'],
  ['an unknown bearer', () => create({ authorization: 'Bearer unknown-token-000000' }), 401, 'sign-in-required'],
  ['a bearer of another form', () => create({ authorization: 'Bearer x' }), 401, 'sign-in-required'],
  ['another scheme', () => create({ authorization: 'Basic YTpi' }), 401, 'sign-in-required'],
  ['cookie and bearer at once', () => create({ cookie, origin: issuer, authorization: `Bearer ${accountToken}` }), 400, 'two-session-carriers'],
  ['two session cookies', () => create({ cookie: `${cookie}; ${cookie}`, origin: issuer }), 400, 'two-session-carriers'],
  ['a cookie from another origin', () => create({ cookie, origin: 'http://127.0.0.1:8090' }), 403, 'origin-refused'],
  ['a cookie from an opaque origin', () => create({ cookie, origin: 'null' }), 403, 'origin-refused'],
  ['a changing cookie without an origin', () => create({ cookie }), 403, 'origin-refused'],
  ['a reading cookie from another origin', () => list({ cookie, origin: 'http://127.0.0.1:8090' }), 403, 'origin-refused'],
  ['an account where an operator is needed', () => list({ authorization: `Bearer ${accountToken}` }), 403, 'role-required'],
  ['an operator where an account is needed', () => create({ authorization: `Bearer ${operatorToken}` }), 403, 'role-required'],
])('refuses %s', async (_case, request, status, code) => {
  const response = await request()
  expect([response.status, response.body.code]).toEqual([status, code])
  expect(done).toEqual([])
})

test('asks for a bearer when nobody is signed in', async () => {
  expect((await create({})).headers['www-authenticate']).toBe('Bearer')
})

test('says nothing about a route to whom it does not admit', async () => {
  const response = await supertest(app).put('/v1/samples/nonsense').send('nonsense')
  expect(response.body.code).toBe('sign-in-required')
})

test('writes the cookie so that only this host and no script has it', () => {
  expect(sessionCookie('token', 60)).toBe('__Host-vouchsafe=token; Path=/; Max-Age=60; Secure; HttpOnly; SameSite=Strict')
  expect(endedSessionCookie).toContain('Max-Age=0')
})

test('refuses the third request in a minute where two are allowed', async () => {
  const codes = []
  for (const _ of [1, 2, 3]) codes.push((await supertest(app).post('/v1/limited')).status)
  expect(codes).toEqual([204, 204, 429])
})
