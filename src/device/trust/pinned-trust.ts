import type { TrustFile } from '../../shared/contract/types.ts'
import { verifiedTrust } from '../../shared/trust.ts'
import type { Device } from '../device.ts'
import { DeviceError } from '../device-error.ts'
import { recalled, remember } from '../device-memory.ts'

interface Pin {
  readonly rootThumbprint: string
  readonly sequence: number
}

const pinKey = 'trust-pin'

/** The thumbprint of the root key that this device trusts, once it has met the authority or was told. */
export async function pinnedRoot(device: Pick<Device, 'memory'>): Promise<string | undefined> {
  return (await recalled<Pin>(device.memory, pinKey))?.rootThumbprint
}

/** Pins a root key before the first meeting: its thumbprint came by another way than from the server. */
export function pinRoot(device: Pick<Device, 'memory'>, rootThumbprint: string): Promise<void> {
  return remember(device.memory, pinKey, { rootThumbprint, sequence: 0 } satisfies Pin)
}

/**
 * The authority's trust file, verified by the pinned root key; on first use the root key is pinned.
 * @throws {AuthorityError} `statement-refused` if another root signed it, it has expired or it is of another issuer.
 * @throws {DeviceError} `trust-rolled-back` if it is older than one that was seen.
 */
export async function currentTrust(device: Pick<Device, 'api' | 'memory' | 'clock'>): Promise<TrustFile> {
  const signed = await device.api.trust()
  const pin = await recalled<Pin>(device.memory, pinKey)
  const expected = { issuer: device.api.client.issuer, rootThumbprint: pin?.rootThumbprint, nowSeconds: device.clock.nowSeconds() }
  const { trust, rootThumbprint } = await verifiedTrust(signed, expected)
  if (pin !== undefined && trust.sequence < pin.sequence) throw new DeviceError('trust-rolled-back', 'The authority showed an older trust file than before.')
  if (trust.sequence !== pin?.sequence) await remember(device.memory, pinKey, { rootThumbprint, sequence: trust.sequence } satisfies Pin)
  return trust
}
