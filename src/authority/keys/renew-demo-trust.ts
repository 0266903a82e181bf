import { join } from 'node:path'
import { canonicalJson } from '../../shared/canonical-json.ts'
import type { SignedTrustFile, TrustFile } from '../../shared/contract/types.ts'
import { verifiedTrust } from '../../shared/trust.ts'
import { jsonText } from './generate-keys.ts'
import { keyPaths, textOf, writeWhole } from './key-files.ts'
import type { KeysInput } from './keys-input.ts'
import { nextTrust } from './renew-trust.ts'
import { unsealedKey } from './sealed-key.ts'
import { signedTrustFile } from './signers.ts'

const renewBeforeSeconds = 7 * 86_400

/**
 * Signs a demo trust file again, with the next sequence, when it is about to expire or the settings have changed. Only the demo has its root key at hand;
 * anything that is not as expected is left as it is, for `loadKeys` to name.
 */
export async function renewDemoTrust(input: KeysInput): Promise<void> {
  const path = join(input.directory, keyPaths.trust)
  const old = await verifiedDemoTrust(path, input.issuer)
  if (!old || isFresh(input, old.trust)) return
  const sealed = await textOf(join(input.directory, keyPaths.root))
  const root = sealed && input.secret?.length === 32 ? await unsealedKey(input.secret, { name: 'root', rootThumbprint: old.rootThumbprint }, sealed) : undefined
  if (root) await writeWhole(path, jsonText(await signedTrustFile(root, nextTrust(input, old.trust))), 0o644)
}

async function verifiedDemoTrust(path: string, issuer: string): Promise<{ readonly trust: TrustFile; readonly rootThumbprint: string } | undefined> {
  try {
    const verified = await verifiedTrust(JSON.parse((await textOf(path)) ?? '') as SignedTrustFile, { issuer, rootThumbprint: undefined, nowSeconds: 0 })
    return verified.trust.demo && verified.trust.environment === 'test' ? verified : undefined
  } catch {
    return undefined
  }
}

function isFresh({ rpId, origins, rosterDelaySeconds, clock }: KeysInput, trust: TrustFile): boolean {
  const settings = (of: Pick<TrustFile, 'rpId' | 'origins' | 'rosterDelaySeconds'>): string => canonicalJson([of.rpId, of.origins, of.rosterDelaySeconds])
  return trust.expiresAtSeconds > clock.nowSeconds() + renewBeforeSeconds && settings(trust) === settings({ rpId, origins, rosterDelaySeconds })
}
