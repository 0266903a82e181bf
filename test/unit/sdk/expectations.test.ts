import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { beforeAll, describe, expect, test } from '@jest/globals'
import { calculateJwkThumbprint } from 'jose'
import {
  acceptOnce,
  authorityFromBundle,
  memoryNonceStore,
  policyCodes,
  verificationCodes,
  verifyAttestation,
  type Authority,
  type VerifiedAttestation,
} from '@vouchsafe/verify'
import { audience, didOf, filesOf, issuer, newForge, nonce, now, tokenOf, validAttempt, validPublished, type Forge } from '../../support/token-forge.ts'

let forge: Forge
let authority: Authority
let presentation: string
let bundle: string
let rootThumbprint: string

beforeAll(async () => {
  forge = await newForge()
  rootThumbprint = await calculateJwkThumbprint(forge.root.jwk)
  bundle = (await filesOf(validPublished(forge)))['/trust-bundle.jwt']!
  authority = await authorityFromBundle({ bundle, issuer, rootThumbprint, nowSeconds: now })
  presentation = await tokenOf(validAttempt(forge))
})

const expected = () => ({ authority, audience, nonce, maxStatusAgeSeconds: 300, requiredPolicy: 'identified/v1', nowSeconds: now })

describe('verifyAttestation', () => {
  test('tells the copy, the policy and the age of the status, and nothing personal', async () => {
    expect(await verifyAttestation(presentation, expected())).toEqual({
      holder: didOf(forge.holder),
      policy: 'identified/v1',
      issuer,
      environment: 'production',
      credentialId: `${issuer}/status/tsl/3#94567`,
      validUntil: '2026-12-14T00:00:00Z',
      statusAgeSeconds: 30,
      nonce,
      presentationExpiresAtSeconds: now + 115,
    })
  })

  test.each(['authority', 'audience', 'nonce', 'maxStatusAgeSeconds', 'requiredPolicy'])('does nothing without %s', async (name) => {
    await expect(verifyAttestation(presentation, { ...expected(), [name]: undefined })).rejects.toThrow(TypeError)
  })

  test.each([
    ['an empty audience', { audience: '' }],
    ['an age that is no number', { maxStatusAgeSeconds: Number.NaN }],
    ['a negative age', { maxStatusAgeSeconds: -1 }],
    ['an environment of its own invention', { environment: 'any' as 'test' }],
  ])('does nothing with %s', async (_name, wrong) => {
    await expect(verifyAttestation(presentation, { ...expected(), ...wrong })).rejects.toThrow(TypeError)
  })

  test.each([undefined, null, 7, {}, []])('refuses %p in place of a token', async (value) => {
    await expect(verifyAttestation(value as string, expected())).rejects.toMatchObject({ code: 'malformed-token', verdict: 'invalid' })
  })
})

describe('authorityFromBundle', () => {
  test('needs the thumbprint of the root: nothing else says whose bundle it is', async () => {
    await expect(authorityFromBundle({ bundle, issuer, rootThumbprint: '', nowSeconds: now })).rejects.toThrow(TypeError)
  })

  test('refuses a bundle earlier than one seen before', async () => {
    const remembered = { ...authority.remembered(), bundleSequence: 13 }
    await expect(authorityFromBundle({ bundle, issuer, rootThumbprint, remembered, nowSeconds: now })).rejects.toMatchObject({ code: 'bundle-rolled-back' })
  })

  test('refuses a bundle whose trust file is earlier than one seen before', async () => {
    const remembered = { trustSequence: 8 }
    await expect(authorityFromBundle({ bundle, issuer, rootThumbprint, remembered, nowSeconds: now })).rejects.toMatchObject({ code: 'trust-rolled-back' })
  })

  test('refuses a bundle of another root than the one seen before, whatever the call says', async () => {
    const remembered = { rootThumbprint: 'A'.repeat(43) }
    await expect(authorityFromBundle({ bundle, issuer, rootThumbprint, remembered, nowSeconds: now })).rejects.toMatchObject({ code: 'trust-signature' })
  })

  test('takes the same bundle again', async () => {
    const again = await authorityFromBundle({ bundle, issuer, rootThumbprint, remembered: authority.remembered(), nowSeconds: now })
    expect(again.remembered()).toMatchObject({ rootThumbprint, trustSequence: 7, bundleSequence: 12 })
  })

  test('stops telling when the bundle runs out, also while in use', async () => {
    await expect(verifyAttestation(presentation, { ...expected(), nowSeconds: now + 90_000, maxStatusAgeSeconds: 1e9 })).rejects.toMatchObject({
      code: 'bundle-expired',
      verdict: 'cannot-tell',
    })
  })

  test('refuses a list earlier than one seen before', async () => {
    const remembered = { listsIssuedAtSeconds: { [`${issuer}/status/tsl/3`]: now } }
    const careful = await authorityFromBundle({ bundle, issuer, rootThumbprint, remembered, nowSeconds: now })
    await expect(verifyAttestation(presentation, { ...expected(), authority: careful })).rejects.toMatchObject({ code: 'status-rolled-back' })
  })
})

describe('acceptOnce', () => {
  let verified: VerifiedAttestation
  beforeAll(async () => {
    verified = await verifyAttestation(presentation, expected())
  })

  test('accepts one of a hundred simultaneous replays', async () => {
    const nonceStore = memoryNonceStore({ nowSeconds: () => now })
    const outcomes = await Promise.allSettled(Array.from({ length: 100 }, () => acceptOnce({ nonceStore }, verified)))
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  test('knows a presentation that was signed anew', async () => {
    const nonceStore = memoryNonceStore({ nowSeconds: () => now })
    await acceptOnce({ nonceStore }, verified)
    const again = await verifyAttestation(await tokenOf({ ...validAttempt(forge), presentationHalf: 'high' }), expected())
    await expect(acceptOnce({ nonceStore }, again)).rejects.toMatchObject({ code: 'nonce-used', verdict: 'invalid' })
  })

  test('accepts the same holder with another nonce, and another holder with the same', async () => {
    const nonceStore = memoryNonceStore({ nowSeconds: () => now })
    await acceptOnce({ nonceStore }, verified)
    await acceptOnce({ nonceStore }, { ...verified, nonce: 'another-nonce-of-ours' })
    await acceptOnce({ nonceStore }, { ...verified, holder: 'did:jwk:another' })
    await expect(acceptOnce({ nonceStore }, { ...verified, holder: 'did:jwk:another' })).rejects.toMatchObject({ code: 'nonce-used' })
  })

  test('forgets a key only when the presentation could not verify any more', async () => {
    let time = now
    const nonceStore = memoryNonceStore({ nowSeconds: () => time })
    expect(await nonceStore.rememberOnce('a', now + 10)).toBe(true)
    time = now + 9
    expect(await nonceStore.rememberOnce('a', now + 10)).toBe(false)
    time = now + 10
    expect(await nonceStore.rememberOnce('a', now + 10)).toBe(true)
  })
})

describe('the manual', () => {
  test('lists every code with its verdict and meaning, and no other', () => {
    const rows = readFileSync('sdk/README.md', 'utf8').matchAll(/^\| `([a-z-]+)` \| (Verification|Policy) \| (invalid|cannot-tell) \| (.+) \|$/gm)
    const listed = Object.fromEntries([...rows].map(([, code, kind, verdict, meaning]) => [code, [kind, verdict, meaning]]))
    const codes = [...Object.entries(verificationCodes).map(([code, row]) => [code, ['Verification', ...row]]), ...Object.entries(policyCodes).map(([code, row]) => [code, ['Policy', ...row]])] // prettier-ignore
    expect(listed).toEqual(Object.fromEntries(codes))
  })
})

describe('the library', () => {
  /** Every file that a browser gets when it imports the library. */
  function filesFrom(path: string, seen: Set<string> = new Set()): Set<string> {
    if (seen.has(path)) return seen
    seen.add(path)
    for (const [, next] of readFileSync(path, 'utf8').matchAll(/from '(\.[^']+)'/g)) filesFrom(join(dirname(path), next!), seen)
    return seen
  }

  test('runs in browsers: nothing behind its door is of Node, and it needs jose alone', () => {
    const files = [...filesFrom('sdk/src/index.ts')]
    const packages = files.flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/from '([^.'][^']*)'/g)].map(([, name]) => name))
    expect(files.length).toBeGreaterThan(15)
    expect(new Set(packages)).toEqual(new Set(['jose']))
    for (const file of files) expect(readFileSync(file, 'utf8')).not.toMatch(/\b(Buffer|process|NodeJS)\.|\brequire\(/)
  })
})
