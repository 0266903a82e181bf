import type { ErrorCode } from './error-codes.ts'

export type { ErrorCode } from './error-codes.ts'

/** Where in a request a fault was found, as an RFC 6901 pointer, and what is wrong there. Never the value itself. */
export interface FieldFault {
  readonly pointer: string
  readonly message: string
}

/**
 * An expected failure: a rule said no. Anything else that is thrown is a bug and leaves the process as a bare 500.
 * The message is for people and carries no personal data; programs read `code`.
 */
export class AuthorityError extends Error {
  readonly code: ErrorCode
  readonly faults: readonly FieldFault[]

  constructor(code: ErrorCode, message: string, faults: readonly FieldFault[] = []) {
    super(message)
    this.name = 'AuthorityError'
    this.code = code
    this.faults = faults
  }
}

/** Whether `error` is an expected failure, with the given code if one is named. */
export function isAuthorityError(error: unknown, code?: ErrorCode): error is AuthorityError {
  return error instanceof AuthorityError && (code === undefined || error.code === code)
}
