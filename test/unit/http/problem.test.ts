import { problemOf } from '../../../src/http/problem.ts'
import { errorForLog } from '../../../src/http/request-log.ts'
import { errorCodes } from '../../../src/shared/error-codes.ts'
import { AuthorityError, type ErrorCode } from '../../../src/shared/errors.ts'
import { validate } from '../../../src/shared/validate.ts'

const issuer = 'https://authority.example'

test.each(Object.keys(errorCodes) as ErrorCode[])('turns %s into a problem document with its status and page', (code) => {
  const problem = problemOf(new AuthorityError(code, 'Why.'), issuer, 'r1')
  expect(validate('http/problem', problem)).toEqual([])
  expect(problem).toEqual({
    type: `${issuer}/problems/${code}`,
    title: errorCodes[code][1],
    status: errorCodes[code][0],
    detail: 'Why.',
    code,
    requestId: 'r1',
  })
})

test('gives at most 64 faults', () => {
  const faults = Array.from({ length: 100 }, (_, at) => ({ pointer: `/${String(at)}`, message: 'is wrong' }))
  expect(problemOf(new AuthorityError('invalid-request', 'x', faults), issuer, 'r1').errors).toHaveLength(64)
})

test.each([
  ['an error', new Error('the secret')],
  ['a text', 'the secret'],
  ['nothing', undefined],
  ['what looks like a failure of the server', { status: 503, message: 'the secret' }],
  ['what looks like ours', { name: 'AuthorityError', code: 'not-found', message: 'the secret' }],
])('says nothing about %s that nobody expected', (_case, thrown) => {
  const problem = problemOf(thrown, issuer, 'r1')
  expect([problem.status, problem.code]).toEqual([500, 'internal-error'])
  expect(JSON.stringify([problem, errorForLog(thrown)])).not.toContain('the secret')
})

test('keeps where it happened for the log', () => {
  expect(errorForLog(new TypeError('x')).errorName).toBe('TypeError')
  expect(errorForLog(new TypeError('x')).stack.join('\n')).toContain('problem.test.ts')
})

test('leaves out every line of a message that is longer than one', () => {
  expect(JSON.stringify(errorForLog(new Error('first\nthe secret\n    at the secret')).stack)).not.toContain('the secret')
})
