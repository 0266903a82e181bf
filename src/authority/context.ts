import type { Clock } from '../shared/clock.ts'
import type { Environment } from '../shared/contract/types.ts'
import type { RandomBytes } from '../shared/ids.ts'
import type { WebauthnScope } from '../shared/verify-assertion.ts'
import type { ActDeps } from './act.ts'

/** What every feature needs: whose authority this is, the time, chance, the log, and the turns of this process. */
export interface Context extends ActDeps {
  readonly issuer: string
  readonly environment: Environment
  readonly scope: WebauthnScope
  readonly clock: Clock
  readonly random: RandomBytes
}
