import { calculateJwkThumbprint } from 'jose'
import { beforeAll, describe, expect, test } from '@jest/globals'
import { authorityFromBundle, isRefusal, policyCodes, verificationCodes, verifyAttestation } from '@vouchsafe/verify'
import { tokenControls } from './token-attacks/controls.ts'
import { tokenAttacks } from './token-attacks/all.ts'
import type { Change } from './token-attacks/attack.ts'
import { audience, filesOf, issuer, newForge, newKey, nonce, now, tokenOf, validAttempt, validPublished } from '../support/token-forge.ts'
import type { Forge, KeyPair } from '../support/token-forge.ts'

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

describe('controls', () => {
  test.each(tokenControls.map(({ name, change }) => [name, change] as const))('accepts %s', async (_name, change) => {
    expect(await outcome(change({ forge, mallory }))).toBe('accepted')
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
