import { isAuthorityError } from '../../../src/shared/errors.ts'

/** The code with which a function refuses; undefined if it does not. Any other failure passes through. */
export function codeThrownBy(run: () => unknown): string | undefined {
  try {
    run()
  } catch (error) {
    if (isAuthorityError(error)) return error.code
    throw error
  }
  return undefined
}
