import { fromBase64url } from '../../shared/base64url.ts'
import { DeviceError } from '../device-error.ts'
import { openByKit, parseKit } from '../vault/recovery-kit.ts'
import { changeVault } from '../vault/vault-store.ts'
import type { Wallet } from './wallet.ts'

/**
 * Checks that the kit which the person has kept opens the vault: what was written down is opened against what the authority stores.
 * @param keptText the kit as it stands on the person's paper or in the file.
 * @throws {DeviceError} `wrong-way-in`
 */
export async function confirmKit(wallet: Wallet, keptText: string): Promise<void> {
  const kit = parseKit(keptText)
  const { wraps } = await wallet.api.vault()
  const wrap = wraps.find(({ kind }) => kind === 'recovery-kit')
  const identity = wrap && kit.account === wallet.key.account ? await openByKit(fromBase64url(wrap.sealed), kit) : undefined
  if (identity !== wallet.key.identity) throw new DeviceError('wrong-way-in', 'This recovery kit does not open this vault.')
  await changeVault(wallet, wallet.key, (index) => ({ ...index, isKitChecked: true }))
}
