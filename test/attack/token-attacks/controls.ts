import { credentialPayload, monday, now, statusPayload, trustPayload, validAttempt } from '../../support/token-forge.ts'
import { attack, keyed, type Attack } from './attack.ts'

const control = (name: string, change: Attack['change']): Attack => attack('accepted', name, change)
const headerText = (parties: Parameters<Attack['change']>[0], indent?: number): string =>
  JSON.stringify(validAttempt(parties.forge).presentationHeader, null, indent)

/** What looks unusual and is valid all the same: each must be accepted. */
export const tokenControls: readonly Attack[] = [
  control('what the authority and the holder really made', () => ({})),
  control('a holder’s signature with high S', () => ({ attempt: { presentationHalf: 'high' } })),
  control('white space within a holder’s JSON', (parties) => ({ attempt: { presentationHeader: headerText(parties, 2) } })),
  control('escapes within a holder’s JSON', (parties) => ({ attempt: { presentationHeader: headerText(parties).replace('"alg"', '"\\u0061lg"') } })),
  keyed('accepted', 'a credential of a retired key that was in use then', 'credential', () => ({ state: 'retired', notAfterSeconds: now - 3600 })),
  keyed('accepted', 'a credential dated to the last second of its key', 'credential', () => ({ state: 'retired', notAfterSeconds: monday })),
  keyed('accepted', 'a credential of a key that began after the Monday to which it is dated', 'credential', () => ({ notBeforeSeconds: now - 3600 })),
  keyed('accepted', 'a key that was next when the trust file was signed and has begun since', 'credential', () => ({ state: 'next' })),
  control('a status list as old as allowed', () => ({ published: { list: statusPayload({}, now - 300) } })),
  control('a status list signed by a clock a little ahead', () => ({ published: { list: statusPayload({}, now + 30) } })),
  control('a list in which all neighbours are revoked', () => ({
    published: { list: statusPayload({ 94_564: 1, 94_565: 1, 94_566: 1, 94_568: 1, 94_569: 2 }) },
  })),
  control('the first place of a list', ({ forge }) => ({
    attempt: { credentialPayload: credentialPayload(forge.holder, 0) },
    published: { list: statusPayload({ 1: 1, 131_071: 1 }) },
  })),
  control('the last place of a list', ({ forge }) => ({
    attempt: { credentialPayload: credentialPayload(forge.holder, 131_071) },
    published: { list: statusPayload({ 0: 1, 131_070: 1 }) },
  })),
  control('a trust file that says more than this version knows', ({ forge }) => ({ published: { trust: { ...trustPayload(forge), witnesses: [] } } })),
  control('a test credential where one is wanted', ({ forge }) => ({
    attempt: { credentialPayload: { ...credentialPayload(forge.holder), environment: 'test' } },
    published: { trust: { ...trustPayload(forge), environment: 'test' } },
    expected: { environment: 'test' },
  })),
]
