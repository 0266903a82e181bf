/** A refusal as the device's API client throws it. */
export interface RefusedCall {
  readonly status: number
  readonly code: string
}

/** Whether a failure is a problem document of the authority. */
export function isAuthorityProblem(error: unknown): error is RefusedCall {
  const { status, code } = (error ?? {}) as { readonly status?: unknown; readonly code?: unknown }
  return typeof status === 'number' && typeof code === 'string'
}
