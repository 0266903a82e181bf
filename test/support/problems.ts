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

/** The code of a refusal; text that is no code if it was done, or failed without one. */
export async function codeOf(done: Promise<unknown>): Promise<string> {
  return done.then(
    () => 'was done',
    (error: unknown) => (error as { readonly code?: string }).code ?? `failed without a code: ${String(error)}`,
  )
}
