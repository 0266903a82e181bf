import type { Problem } from '../../shared/contract/types.ts'

/** What the authority answered instead of doing it (RFC 9457). `code` is stable; `status` is the HTTP status. */
export class AuthorityProblem extends Error {
  readonly code: string
  readonly status: number
  readonly problem: Problem | undefined

  constructor(status: number, problem: Problem | undefined) {
    super(problem?.detail ?? problem?.title ?? `The authority answered ${status}.`)
    this.name = 'AuthorityProblem'
    this.code = problem?.code ?? 'unexpected-answer'
    this.status = status
    this.problem = problem
  }
}

/** Whether `error` is an answer of the authority, with the given code if one is named. */
export function isAuthorityProblem(error: unknown, code?: string): error is AuthorityProblem {
  return error instanceof AuthorityProblem && (code === undefined || error.code === code)
}
