import type { TrustFile } from '../../shared/contract/types.ts'
import type { Device } from '../device.ts'
import { DeviceError } from '../device-error.ts'
import type { ReviewerSecrets } from '../vault/vault-index.ts'
import { readVault } from '../vault/vault-store.ts'
import type { Wallet } from '../wallet/wallet.ts'

/** A reviewer at a console, signed in, with the key that cases are sealed to. */
export interface Console extends Device {
  readonly trust: TrustFile
  readonly secrets: ReviewerSecrets
}

/**
 * Opens the console of a person who has enrolled as a reviewer; the keys come out of the person's own vault.
 * @throws {DeviceError} `not-joined`
 */
export async function openConsole(wallet: Wallet): Promise<Console> {
  const { index } = await readVault(wallet, wallet.key)
  if (index.reviewer === undefined) throw new DeviceError('not-joined', 'This account has not asked to be a reviewer. Open an enrolment link first.')
  return { ...wallet, secrets: index.reviewer }
}
