import { errorCodes } from '../shared/error-codes.ts'
import { AuthorityError, type ErrorCode, type FieldFault } from '../shared/errors.ts'

/** A problem document (RFC 9457). `code` is what programs read. */
export interface Problem {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly code: string
  readonly requestId: string
  readonly detail?: string
  readonly errors?: readonly FieldFault[]
}

/** The media type of problem documents. */
export const problemMediaType = 'application/problem+json'

const maxFaults = 64

/**
 * The problem document of a failure. An expected failure keeps its text; anything else is a bare 500 that says nothing of what happened.
 * @see docs/problems/
 */
export function problemOf(error: unknown, issuer: string, requestId: string): Problem {
  const expected = expectedFailure(error)
  if (expected === undefined) return { ...named('internal-error', 'Something went wrong here', 500, issuer), requestId }
  const [status, title] = errorCodes[expected.code]
  const faults = expected.faults.slice(0, maxFaults)
  return { ...named(expected.code, title, status, issuer), detail: expected.message, requestId, ...(faults.length > 0 ? { errors: faults } : {}) }
}

/** The failure as an `AuthorityError`; undefined for what nobody expected. Failures of express and its body reader are translated here. */
export function expectedFailure(error: unknown): AuthorityError | undefined {
  if (error instanceof AuthorityError) return error
  const { status, type } = (error ?? {}) as { readonly status?: unknown; readonly type?: unknown }
  if (typeof status !== 'number' || status < 400 || status > 499) return undefined
  const [code, message] = (typeof type === 'string' ? bodyFailures[type] : undefined) ?? ['invalid-request', 'The request cannot be read.']
  return new AuthorityError(code, message)
}

const bodyFailures: Readonly<Record<string, readonly [ErrorCode, string]>> = {
  'entity.too.large': ['body-too-large', 'The body is larger than this route accepts.'],
  'encoding.unsupported': ['unsupported-media-type', 'Send the body without a content encoding.'],
  'request.aborted': ['invalid-request', 'The body broke off.'],
  'request.size.invalid': ['invalid-request', 'The body is not as long as it says.'],
}

function named(code: string, title: string, status: number, issuer: string) {
  return { type: `${issuer}/problems/${code}`, title, status, code }
}
