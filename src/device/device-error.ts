/** Why a device refuses to go on. What the authority refuses arrives as an `AuthorityProblem`; a broken proof as `statement-refused`. */
export type DeviceErrorCode =
  | 'cannot-open'
  | 'wrong-way-in'
  | 'vault-not-genuine'
  | 'vault-rolled-back'
  | 'vault-changed'
  | 'kit-not-checked'
  | 'draw-refused'
  | 'terms-refused'
  | 'consent-refused'
  | 'log-forked'
  | 'trust-rolled-back'
  | 'roster-rolled-back'
  | 'evidence-missing'
  | 'tag-refused'
  | 'no-credential'
  | 'not-an-image'
  | 'not-joined'
  | 'not-possible-now'

/** A device's own refusal. The message is for the person at the device; programs read `code`. */
export class DeviceError extends Error {
  readonly code: DeviceErrorCode

  constructor(code: DeviceErrorCode, message: string) {
    super(message)
    this.name = 'DeviceError'
    this.code = code
  }
}

/** Whether `error` is a device's refusal, with the given code if one is named. */
export function isDeviceError(error: unknown, code?: DeviceErrorCode): error is DeviceError {
  return error instanceof DeviceError && (code === undefined || error.code === code)
}
