import { fromBase64url } from '../../shared/base64url.ts'
import type { Device } from '../device.ts'
import { DeviceError } from '../device-error.ts'
import { signIn } from '../sign-in.ts'
import { currentTrust } from '../trust/pinned-trust.ts'
import { kitAuthenticator, openByKit, parseKit } from '../vault/recovery-kit.ts'
import { addWayIn } from './join.ts'
import { openWallet, type Wallet } from './wallet.ts'

/**
 * Gets account and vault back on a new device with the recovery kit alone, and registers this device's own passkey.
 * @throws {AuthorityProblem} `sign-in-failed`
 * @throws {DeviceError} `wrong-way-in`
 */
export async function recoverWithKit(device: Device, keptText: string): Promise<Wallet> {
  const kit = parseKit(keptText)
  const trust = await currentTrust(device)
  const byKit = { ...device, authenticator: kitAuthenticator(kit) }
  await signIn(byKit, trust, { principal: kit.account })
  const wrap = (await device.api.vault()).wraps.find(({ kind }) => kind === 'recovery-kit')
  const credentialId = wrap?.credentialId ?? undefined
  if (wrap === undefined || credentialId === undefined) throw new DeviceError('wrong-way-in', 'The vault has no way in for a recovery kit.')
  const key = { account: kit.account, identity: await openByKit(fromBase64url(wrap.sealed), kit) }
  const added = await addWayIn({ ...byKit, trust, key, credentialId }, device.authenticator, 'passkey')
  return openWallet(device, { key, credentialId: added })
}
