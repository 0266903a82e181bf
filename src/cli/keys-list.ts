import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { SignedTrustFile } from '../shared/contract/types.ts'
import { verifiedTrust } from '../shared/trust.ts'
import { keyWarnings } from '../compose.ts'
import { CliError } from './cli-error.ts'
import { type CliContext, keysFolder } from './context.ts'

/**
 * `keys list`: the keys that the trust file in the keys' folder names, after its root's signature was checked, the thumbprint to publish elsewhere,
 * and what the operators should see to. A trust file that has expired is listed too.
 */
export async function listKeys(context: CliContext): Promise<readonly string[]> {
  const path = join(keysFolder(context), 'public', 'trust.json')
  const text = await readFile(path, 'utf8').catch(() => {
    throw new CliError(
      'no-keys',
      `There are no keys in ${keysFolder(context)}. A test authority makes them when it first starts, for another one: vouchsafe keys create`,
    )
  })
  const signed = JSON.parse(text) as SignedTrustFile
  const { trust, rootThumbprint } = await verifiedTrust(signed, { issuer: undefined, rootThumbprint: undefined, nowSeconds: 0 })
  const now = context.clock.nowSeconds()
  return [
    `Issuer ${trust.issuer}, ${trust.environment}${trust.demo ? ', demo keys' : ''}`,
    `Root ${rootThumbprint}`,
    `Trust file ${trust.sequence}, ${trust.expiresAtSeconds <= now ? 'EXPIRED at' : 'good until'} ${new Date(trust.expiresAtSeconds * 1000).toISOString()}`,
    ...trust.keys.map(({ kid, use, alg, state }) => `${use.padEnd(10)} ${alg.padEnd(11)} ${state.padEnd(11)} ${kid}`),
    ...trust.operators.map(({ operator }) => `operator   ${operator}`),
    ...keyWarnings(trust, now),
  ]
}
