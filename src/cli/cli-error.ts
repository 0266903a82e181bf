/** A command that cannot be carried out as it was typed, or not now. The message is for the person at the terminal. */
export class CliError extends Error {
  readonly code: string
  readonly exitCode: number

  constructor(code: string, message: string, exitCode = 1) {
    super(message)
    this.name = 'CliError'
    this.code = code
    this.exitCode = exitCode
  }
}

/** A command line that makes no sense: exit code 64, as sysexits has it. */
export function usageError(message: string): CliError {
  return new CliError('usage', message, 64)
}
