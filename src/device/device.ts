import type { Clock } from '../shared/clock.ts'
import type { TrustFile } from '../shared/contract/types.ts'
import type { AuthorityApi } from './api/authority-api.ts'
import type { Authenticator } from './authenticator.ts'
import type { DeviceMemory } from './device-memory.ts'
import type { SigningDeps } from './sign-statement.ts'

/** A person's device, as every flow takes it: what it talks to, what it signs with, what it remembers. */
export interface Device {
  readonly api: AuthorityApi
  readonly authenticator: Authenticator
  readonly memory: DeviceMemory
  readonly clock: Clock
  /** The page's origin; undefined for headless devices, which sign for the first origin of the trust file. */
  readonly pageOrigin?: string
}

/** Where this device's passkeys sign. */
export function signingScope(device: Device, trust: TrustFile): { readonly rpId: string; readonly origin: string } {
  return { rpId: trust.rpId, origin: device.pageOrigin ?? trust.origins[0] ?? trust.issuer }
}

/** All that a statement of this device needs, from the verified trust file. */
export function signingDeps(device: Device, trust: TrustFile): SigningDeps {
  const { issuer, environment } = trust
  return { ...signingScope(device, trust), authenticator: device.authenticator, issuer, environment, clock: device.clock }
}
