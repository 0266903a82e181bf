import { isAuthorityProblem } from '../device/api/authority-problem.ts'
import { isDeviceError } from '../device/device-error.ts'
import { isAuthorityError } from '../shared/errors.ts'
import { CliError } from './cli-error.ts'

/** Why a command failed, as it is printed, and with which exit code the process ends. */
export interface Failure {
  readonly code: string
  readonly lines: readonly string[]
  readonly exitCode: number
}

/**
 * Tells an expected refusal, by its code, from a bug, which keeps its stack. Exit codes: 1 refused, 64 wrongly typed, 69 nobody answers or a port is taken,
 * 70 a bug, 78 wrongly configured.
 */
export function failureOf(error: unknown): Failure {
  if (error instanceof CliError) return failure(error.code, error.message, error.exitCode)
  if (isAuthorityProblem(error)) return failure(error.code, `The authority refused: ${error.message}`, 1, error.problem?.errors?.map(({ pointer, message }) => `  ${pointer} ${message}`)) // prettier-ignore
  if (isDeviceError(error)) return failure(error.code, `Refused on this device: ${error.message}`, 1)
  if (isAuthorityError(error)) return failure(error.code, `Refused: ${error.message}`, 1)
  const { name, message, stack, code, port } = (error ?? {}) as Partial<Error> & { readonly code?: unknown; readonly port?: unknown }
  if (name === 'ConfigError') return configFailure(message ?? '')
  if (code === 'EADDRINUSE') return failure('port-taken', `Another program listens on port ${String(port)} already.`, 69)
  if (name === 'TypeError' && message === 'fetch failed') return failure('no-answer', 'Nobody answers at the authority’s address.', 69)
  return failure('unexpected', stack ?? message ?? String(error), 70)
}

/** The code stands behind the first line, and every fault on a line of its own. */
function configFailure(message: string): Failure {
  const [first = '', ...faults] = message.split('\n')
  return failure('config', first, 78, faults)
}

function failure(code: string, message: string, exitCode: number, more: readonly string[] = []): Failure {
  return { code, lines: [`${message} [${code}]`, ...more], exitCode }
}
