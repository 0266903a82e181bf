import { fromBase64url, toBase64url } from '../../shared/base64url.ts'
import type { Device } from '../device.ts'
import { DeviceError } from '../device-error.ts'
import { openByPassphrase } from '../vault/passphrase.ts'
import { openByPrf, wrapByPrf } from '../vault/prf-wrap.ts'
import type { VaultKey } from '../vault/vault-index.ts'

/** What one passkey's PRF gave; 32 secret bytes. */
export interface PrfResult {
  readonly credentialId: string
  readonly output: Uint8Array
}

/** Adds a way in by this passkey's PRF, in an age file of its own. */
export async function addPrfWrap({ api }: Pick<Device, 'api'>, key: VaultKey, { credentialId, output }: PrfResult): Promise<void> {
  const sealed = toBase64url(await wrapByPrf(key.identity, output, credentialId))
  await api.addWrap({ kind: 'passkey-prf', credentialId, sealed })
}

/**
 * Opens the vault of a signed-in account by a passkey's PRF.
 * @throws {DeviceError} `wrong-way-in`
 */
export async function unlockByPrf({ api }: Pick<Device, 'api'>, account: string, { credentialId, output }: PrfResult): Promise<VaultKey> {
  const wrap = (await api.vault()).wraps.find((each) => each.kind === 'passkey-prf' && each.credentialId === credentialId)
  if (wrap === undefined) throw new DeviceError('wrong-way-in', 'The vault has no way in for this passkey.')
  return { account, identity: await openByPrf(fromBase64url(wrap.sealed), output, credentialId) }
}

/**
 * Opens the vault of a signed-in account by its passphrase.
 * @throws {DeviceError} `wrong-way-in`
 */
export async function unlockByPassphrase({ api }: Pick<Device, 'api'>, account: string, passphrase: string): Promise<VaultKey> {
  for (const { kind, sealed } of (await api.vault()).wraps) {
    if (kind === 'passphrase') return { account, identity: await openByPassphrase(fromBase64url(sealed), passphrase) }
  }
  throw new DeviceError('wrong-way-in', 'The vault has no way in for a passphrase.')
}
