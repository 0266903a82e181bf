import { calculateJwkThumbprint } from 'jose'
import { beforeAll, describe, expect, test } from '@jest/globals'
import { authorityFromBundle, isRefusal, verifyAttestation, type Expectations } from '@vouchsafe/verify'
import { tokenAttacks } from './token-attacks.ts'
import { audience, filesOf, issuer, newForge, newKey, nonce, now, tokenOf, validAttempt, validPublished } from '../support/token-forge.ts'
import type { Attempt, Forge, KeyPair, Published } from '../support/token-forge.ts'

let forge: Forge
let mallory: KeyPair
let rootThumbprint: string

beforeAll(async () => {
  forge = await newForge()
  mallory = await newKey()
  rootThumbprint = await calculateJwkThumbprint(forge.root.jwk)
})

interface Change {
  readonly attempt?: Partial<Attempt>
  readonly published?: Partial<Published>
  readonly expected?: Partial<Expectations>
}

async function outcome({ attempt, published, expected }: Change): Promise<string> {
  const token = await tokenOf({ ...validAttempt(forge), ...attempt })
  const files = await filesOf({ ...validPublished(forge), ...published })
  try {
    const authority = await authorityFromBundle({ bundle: files['/trust-bundle.jwt']!, issuer, rootThumbprint, nowSeconds: now })
    const given = { authority, audience, nonce, maxStatusAgeSeconds: 300, requiredPolicy: 'identified/v1', nowSeconds: now, ...expected }
    return (await verifyAttestation(token, given)).holder.startsWith('did:jwk:') ? 'accepted' : 'no holder'
  } catch (error) {
    if (!isRefusal(error)) throw error
    return error.code
  }
}

describe('controls', () => {
  test('accepts what the authority and the holder really made', async () => {
    expect(await outcome({})).toBe('accepted')
  })

  test('accepts a holder signature with high S', async () => {
    expect(await outcome({ attempt: { presentationHalf: 'high' } })).toBe('accepted')
  })
})

describe('attacks', () => {
  test.each(tokenAttacks.map((attack) => [attack.name, attack] as const))('refuses %s', async (_name, attack) => {
    expect(await outcome(attack.change({ forge, mallory }))).toBe(attack.code)
  })
})
