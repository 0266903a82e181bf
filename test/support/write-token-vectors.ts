import { mkdirSync, writeFileSync } from 'node:fs'
import { calculateJwkThumbprint } from 'jose'
import { tokenAttacks } from '../attack/token-attacks/all.ts'
import { tokenControls } from '../attack/token-attacks/controls.ts'
import type { Attack, Parties } from '../attack/token-attacks/attack.ts'
import { audience, filesOf, issuer, newForge, newKey, nonce, now, tokenOf, validAttempt, validPublished } from './token-forge.ts'

// Writes test/vectors/tokens: every attack and every control as the bytes that a verifier gets. Run it when attacks are added:
// npx tsx test/support/write-token-vectors.ts

const parties: Parties = { forge: await newForge(), mallory: await newKey() }
const honestBundle = (await filesOf(validPublished(parties.forge)))['/trust-bundle.jwt']!
const rootThumbprint = await calculateJwkThumbprint(parties.forge.root.jwk)
const expected = { audience, nonce, maxStatusAgeSeconds: 300, requiredPolicy: 'identified/v1', environment: 'production', nowSeconds: now }
/** A text with long repetitions is a list of its parts, and a repeated part is `[part, times]`. */
function textOf(text: string): unknown {
  const parts: unknown[] = []
  let end = 0
  for (const { 0: run, 1: unit, index } of text.matchAll(/(.{1,4}?)\1{499,}/gs)) {
    parts.push(text.slice(end, index), [unit, run.length / unit!.length])
    end = index + run.length
  }
  return parts.length === 0 ? text : [...parts, text.slice(end)]
}

async function vectorOf({ name, code, change }: Attack): Promise<unknown> {
  const { attempt, published, expected: differs } = change(parties)
  const presentation = await tokenOf({ ...validAttempt(parties.forge), ...attempt })
  const bundle = published && (await filesOf({ ...validPublished(parties.forge), ...published }))['/trust-bundle.jwt']!
  return {
    name,
    outcome: code,
    presentation: textOf(presentation),
    ...(bundle !== undefined && { bundle: textOf(bundle) }),
    ...(differs && { expected: differs }),
  }
}

mkdirSync('test/vectors/tokens', { recursive: true })
for (const [part, attacks] of Object.entries({ controls: tokenControls, ...tokenAttacks })) {
  const vectors: unknown[] = []
  for (const attack of attacks) vectors.push(await vectorOf(attack))
  writeFileSync(`test/vectors/tokens/${part}.json`, `${JSON.stringify({ issuer, rootThumbprint, bundle: honestBundle, expected, vectors }, null, 1)}\n`)
}
