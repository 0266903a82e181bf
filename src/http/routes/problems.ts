import { type ErrorCode, errorCodes } from '../../shared/error-codes.ts'
import { AuthorityError } from '../../shared/errors.ts'
import { defineRoute } from '../route.ts'

const internalError = [500, 'Something went wrong here'] as const

/** What the `type` of a problem document leads to. */
export const problemRoutes = [
  defineRoute({
    method: 'get',
    path: '/problems/:code',
    operationId: 'getProblem',
    summary: 'What a problem code means',
    auth: 'public',
    isCrossOrigin: true,
    responses: { 200: { mediaType: 'text/plain; charset=utf-8' } },
    handle({ params: { code } }) {
      const [status, title] = entryOf(code)
      const text = `${code}\n\n${String(status)} ${title}.\n\nThe manual says more: docs/problems/${code}.md\n`
      return Promise.resolve({ status: 200, text, headers: { 'cache-control': 'public, max-age=86400' } })
    },
  }),
]

function entryOf(code: string): readonly [status: number, title: string] {
  if (code === 'internal-error') return internalError
  if (!Object.hasOwn(errorCodes, code)) throw new AuthorityError('not-found', 'There is no such problem code.')
  return errorCodes[code as ErrorCode]
}
