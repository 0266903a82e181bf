import { calculateJwkThumbprint } from 'jose'
import { beforeAll, describe, expect, test } from '@jest/globals'
import { authorityFromBundle, isRefusal, policyCodes, verificationCodes, verifyAttestation } from '@vouchsafe/verify'
import { tokenAttacks } from './token-attacks/index.ts'
import type { Change } from './token-attacks/attack.ts'
import { audience, filesOf, issuer, newForge, newKey, nonce, now, tokenOf, trustPayload, validAttempt, validPublished } from '../support/token-forge.ts'
import { credentialPayload, statusPayload, type Forge, type Json, type KeyPair } from '../support/token-forge.ts'

let forge: Forge
let mallory: KeyPair
let rootThumbprint: string

beforeAll(async () => {
  forge = await newForge()
  mallory = await newKey()
  rootThumbprint = await calculateJwkThumbprint(forge.root.jwk)
})

/** `accepted`, or the code of the refusal; anything else that is thrown is a bug and fails the test. */
async function outcome({ attempt, published, expected }: Change): Promise<string> {
  const token = await tokenOf({ ...validAttempt(forge), ...attempt })
  const files = await filesOf({ ...validPublished(forge), ...published })
  try {
    const authority = await authorityFromBundle({ bundle: files['/trust-bundle.jwt']!, issuer, rootThumbprint, nowSeconds: now })
    await verifyAttestation(token, { authority, audience, nonce, maxStatusAgeSeconds: 300, requiredPolicy: 'identified/v1', nowSeconds: now, ...expected })
    return 'accepted'
  } catch (error) {
    if (!isRefusal(error)) throw error
    return error.code
  }
}

const withKey = (change: Json): Change => {
  const trust = trustPayload(forge)
  return { published: { trust: { ...trust, keys: (trust['keys'] as Json[]).map((key) => (key['use'] === 'credential' ? { ...key, ...change } : key)) } } }
}

const controls: readonly (readonly [string, () => Change])[] = [
  ['what the authority and the holder really made', () => ({})],
  ['a holder’s signature with high S', () => ({ attempt: { presentationHalf: 'high' } })],
  [
    'white space and another order within a holder’s JSON',
    () => ({ attempt: { presentationHeader: JSON.stringify(validAttempt(forge).presentationHeader, null, 2) } }),
  ],
  [
    'escapes within a holder’s JSON',
    () => ({ attempt: { presentationHeader: JSON.stringify(validAttempt(forge).presentationHeader).replace('"alg"', '"\\u0061lg"') } }),
  ],
  ['a credential of a retired key that was in use then', () => withKey({ state: 'retired', notAfterSeconds: now - 3600 })],
  ['a credential of a key that began after the Monday to which it is dated', () => withKey({ notBeforeSeconds: now - 3600 })],
  ['a status list as old as allowed', () => ({ published: { list: statusPayload({}, now - 300) } })],
  ['a status list signed by a clock a little ahead', () => ({ published: { list: statusPayload({}, now + 30) } })],
  ['a list in which all neighbours are revoked', () => ({ published: { list: statusPayload({ 94_564: 1, 94_565: 1, 94_566: 1, 94_568: 1, 94_569: 2 }) } })],
  ['the first place of a list', () => ({ attempt: { credentialPayload: credentialPayload(forge.holder, 0) }, published: { list: statusPayload({ 1: 1 }) } })],
  [
    'the last place of a list',
    () => ({ attempt: { credentialPayload: credentialPayload(forge.holder, 131_071) }, published: { list: statusPayload({ 131_070: 1 }) } }),
  ],
  ['a trust file that says more than this version knows', () => ({ published: { trust: { ...trustPayload(forge), witnesses: [] } } })],
  [
    'a test credential where one is wanted',
    () => ({
      attempt: { credentialPayload: { ...credentialPayload(forge.holder), environment: 'test' } },
      published: { trust: { ...trustPayload(forge), environment: 'test' } },
      expected: { environment: 'test' },
    }),
  ],
]

describe('controls', () => {
  test.each(controls)('accepts %s', async (_name, change) => {
    expect(await outcome(change())).toBe('accepted')
  })
})

describe.each(Object.entries(tokenAttacks))('attacks on the %s', (_part, attacks) => {
  test.each(attacks.map(({ name, code, change }) => [name, code, change] as const))('refuses %s', async (_name, code, change) => {
    expect(await outcome(change({ forge, mallory }))).toBe(code)
  })
})

describe('the list of attacks', () => {
  test('names each attack once', () => {
    const names = Object.entries(tokenAttacks).flatMap(([part, attacks]) => attacks.map(({ name }) => `${part}: ${name}`))
    expect(names).toHaveLength(new Set(names).size)
    expect(names.length).toBeGreaterThan(150)
  })

  test('provokes every code that a verifier with a bundle can give', () => {
    const provoked = new Set(Object.values(tokenAttacks).flatMap((attacks) => attacks.map(({ code }) => code)))
    const elsewhere = new Set(['trust-unavailable', 'trust-rolled-back', 'bundle-rolled-back', 'status-rolled-back', 'nonce-used'])
    expect([...Object.keys(verificationCodes), ...Object.keys(policyCodes)].filter((code) => !provoked.has(code) && !elsewhere.has(code))).toEqual([])
  })
})
