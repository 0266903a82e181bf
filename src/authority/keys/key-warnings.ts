import type { TrustFile } from '../../shared/contract/types.ts'
import type { TrustedKey } from '../../shared/did-document.ts'
import { keyName } from './load-keys.ts'

const daySeconds = 86_400

/** How many days before the trust file's end its operators are warned. */
export const warnBeforeDays = 30

/** How many days a key of a use signs before the next one should have taken over; the other uses have no limit. */
export const signsForDays: Readonly<Partial<Record<TrustedKey['use'], number>>> = { credential: 180, status: 180, bundle: 365 }

/** What the operators should see to soon, a sentence each. Nothing stops yet. A demo's trust file is signed again by itself. */
export function keyWarnings({ demo, expiresAtSeconds, keys }: TrustFile, nowSeconds: number): readonly string[] {
  if (demo) return []
  const left = Math.floor((expiresAtSeconds - nowSeconds) / daySeconds)
  const old = keys.filter((key) => key.state === 'active' && nowSeconds - key.notBeforeSeconds > (signsForDays[key.use] ?? Infinity) * daySeconds)
  return [
    ...(left < warnBeforeDays ? [endOfTrust(left)] : []),
    ...old.map((key) => `The key ${keyName(key)} has signed for longer than the ${String(signsForDays[key.use])} days of the policy.`),
  ]
}

function endOfTrust(daysLeft: number): string {
  if (daysLeft < 0) return 'The trust file has expired: nothing of this authority is believed until it is signed again with the root key (keys renew).'
  return `The trust file expires in ${String(daysLeft)} days; sign it again with the root key (keys renew).`
}
