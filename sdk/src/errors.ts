import { policyCodes, verificationCodes, type PolicyCode, type Verdict, type VerificationCode } from './error-codes.ts'

/** It is not genuine (`verdict: 'invalid'`), or the authority's own material does not allow an answer (`verdict: 'cannot-tell'`). */
export class VerificationError extends Error {
  override readonly name = 'VerificationError'
  readonly code: VerificationCode
  readonly verdict: Verdict

  constructor(code: VerificationCode, options?: ErrorOptions) {
    super(`${verificationCodes[code][1]} (${code}).`, options)
    this.code = code
    this.verdict = verificationCodes[code][0]
  }
}

/** It is genuine, and not what was asked for. */
export class PolicyError extends Error {
  override readonly name = 'PolicyError'
  readonly code: PolicyCode
  readonly verdict: Verdict

  constructor(code: PolicyCode) {
    super(`${policyCodes[code][1]} (${code}).`)
    this.code = code
    this.verdict = policyCodes[code][0]
  }
}

/** Whether an error is an answer of this library; anything else is a mistake in the call, or a bug. */
export function isRefusal(error: unknown): error is VerificationError | PolicyError {
  return error instanceof VerificationError || error instanceof PolicyError
}
