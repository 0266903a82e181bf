import supertest from 'supertest'
import { createAdminApp } from '../../src/http/admin-app.ts'
import { createMetrics } from '../../src/http/metrics.ts'
import { accountToken, caseId, nonce, sampleApp } from './frame-setup.ts'

const canary = 'ERIKSSON'

test('logs a request as an allow-list of fields', async () => {
  const { app, lines } = sampleApp()
  const response = await supertest(app)
    .put(`/v1/samples/${caseId}`)
    .set({ authorization: `Bearer ${accountToken}`, 'if-match': '"6"', referer: `http://x/${canary}`, 'user-agent': canary, 'x-request-id': canary })
    .send({ nonce })
  const line = JSON.parse(lines[0]!)
  expect(lines).toHaveLength(1)
  expect(Object.keys(line).sort()).toEqual(['code', 'durationMs', 'hostname', 'level', 'method', 'msg', 'pid', 'requestId', 'route', 'status', 'time'].sort())
  expect(line).toMatchObject({ code: 'stale-version', method: 'PUT', route: '/v1/samples/:caseId', status: 412, requestId: response.headers['x-request-id'] })
})

test.each([
  ['a path', (app: never) => supertest(app).get(`/${canary}`)],
  ['a query', (app: never) => supertest(app).get(`/keys.json?name=${canary}`)],
  ['a body', (app: never) => supertest(app).post('/v1/samples').set('authorization', `Bearer ${accountToken}`).send({ nonce: canary })],
  ['a session token', (app: never) => supertest(app).post('/v1/samples').set('authorization', `Bearer ${canary}`)],
  ['a cookie', (app: never) => supertest(app).post('/v1/samples').set('cookie', `__Host-vouchsafe=${canary}`)],
  ['a bug', (app: never) => supertest(app).get('/bug')],
])('keeps %s out of log and answer', async (_case, send) => {
  const { app, lines } = sampleApp()
  const response = await send(app as never)
  expect(response.status).toBeGreaterThanOrEqual(400)
  expect(lines.length).toBeGreaterThan(0)
  expect(lines.join('') + response.text).not.toContain(canary)
})

test('tells health, readiness and metrics on a port of their own', async () => {
  const { registry } = createMetrics()
  const waiting: string[] = ['store']
  const admin = createAdminApp({ registry, notReady: () => Promise.resolve(waiting) })
  expect((await supertest(admin).get('/healthz')).status).toBe(200)
  expect((await supertest(admin).get('/readyz')).body).toEqual({ status: 'not-ready', waiting: ['store'] })
  waiting.pop()
  expect((await supertest(admin).get('/readyz')).status).toBe(200)
  expect((await supertest(admin).get('/metrics')).text).toContain('process_cpu_seconds_total')
})

test('is not ready when the check itself fails', async () => {
  const admin = createAdminApp({ registry: createMetrics().registry, notReady: () => Promise.reject(new Error('x')) })
  expect((await supertest(admin).get('/readyz')).status).toBe(503)
})

test('counts requests by pattern, so that no metric names a person', async () => {
  const { registry, observe } = createMetrics()
  const { app } = sampleApp({ observe })
  await supertest(app).get(`/v1/samples/${caseId}`)
  await supertest(app).put(`/v1/samples/${caseId}`)
  const text = await registry.metrics()
  expect(text).toContain('route="/v1/samples/:caseId"')
  expect(text).not.toContain(caseId)
})
