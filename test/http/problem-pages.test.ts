import { pino } from 'pino'
import supertest from 'supertest'
import { createApp } from '../../src/http/app.ts'
import { problemOf } from '../../src/http/problem.ts'
import { problemRoutes } from '../../src/http/routes/problems.ts'
import { errorCodes } from '../../src/shared/error-codes.ts'

const issuer = 'http://localhost:8080'
const app = createApp({
  routes: problemRoutes,
  deps: {},
  issuer,
  authenticate: () => Promise.resolve(undefined),
  logger: pino({ level: 'silent' }),
  checkReplies: true,
})

test.each([...Object.keys(errorCodes), 'internal-error'])('the type of %s leads to a page that says its status and title', async (code) => {
  const response = await supertest(app).get(`/problems/${code}`)
  expect(response.status).toBe(200)
  expect(response.text.split('\n').slice(0, 3)).toEqual([code, '', expect.stringMatching(/^[45]\d\d .+\.$/)])
})

test('says of a bug what the problem document says', async () => {
  const { type, status, title } = problemOf(new Error('a bug'), issuer, 'request')
  const response = await supertest(app).get(new URL(type).pathname)
  expect(response.text).toContain(`${String(status)} ${title}.`)
})

test.each(['no-such-code', 'toString', '__proto__'])('has no page for %s', async (code) => {
  const response = await supertest(app).get(`/problems/${code}`)
  expect([response.status, response.body]).toEqual([404, expect.objectContaining({ code: 'not-found' })])
})
