import type { Clock } from '../../shared/clock.ts'
import type { Environment } from '../../shared/contract/types.ts'

/** What the keys must fit: whose they are, and where they lie. */
export interface KeysInput {
  /** The folder that holds `public/`, `private/` and `operators/`. */
  readonly directory: string
  /** 32 bytes that unseal the private keys. In the test environment it may be left out; then it lies beside the keys. */
  readonly secret: Uint8Array | undefined
  readonly issuer: string
  readonly environment: Environment
  readonly rpId: string
  readonly origins: readonly string[]
  readonly rosterDelaySeconds: number
  readonly clock: Clock
}
