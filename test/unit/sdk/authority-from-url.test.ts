import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { calculateJwkThumbprint } from 'jose'
import { authorityFromUrl, isRefusal, verifyAttestation, type AuthorityUrlOptions, type Expectations } from '@vouchsafe/verify'
import { audience, filesOf, issuer, newForge, newKey, nonce, now, presentationPayload, statusPayload, tokenOf, trustPayload, validAttempt, validPublished } from '../../support/token-forge.ts' // prettier-ignore
import type { Forge, Published } from '../../support/token-forge.ts'

let forge: Forge
let rootThumbprint: string
let files: Record<string, string>
let asked: { readonly path: string; readonly init: RequestInit }[]
let isDown: boolean

beforeAll(async () => {
  forge = await newForge()
  rootThumbprint = await calculateJwkThumbprint(forge.root.jwk)
})

beforeEach(async () => {
  asked = []
  isDown = false
  await publish({})
})

async function publish(change: Partial<Published>): Promise<void> {
  files = { ...(await filesOf({ ...validPublished(forge), ...change })) }
}

const publishTrust = (change: object): Promise<void> => publish({ trust: { ...trustPayload(forge), ...change } })
const paths = (): string[] => asked.map(({ path }) => path)

async function serve(url: string, init: RequestInit): Promise<Response> {
  const path = url.slice(issuer.length)
  asked.push({ path, init })
  if (isDown) throw new TypeError('fetch failed')
  return files[path] === undefined ? new Response('nothing here', { status: 404 }) : new Response(files[path])
}

const anAuthority = (options: Partial<AuthorityUrlOptions> = {}) => authorityFromUrl({ issuer, rootThumbprint, fetch: serve, ...options })

async function outcome(authority: Expectations['authority'], nowSeconds = now, maxStatusAgeSeconds = 300): Promise<string> {
  const attempt = validAttempt(forge)
  const presentation = await tokenOf({
    ...attempt,
    presentationPayload: (credential) => ({ ...presentationPayload(forge.holder, credential), iat: nowSeconds, exp: nowSeconds + 60 }),
  })
  try {
    const verified = await verifyAttestation(presentation, { authority, audience, nonce, maxStatusAgeSeconds, requiredPolicy: 'identified/v1', nowSeconds })
    return `accepted, ${verified.statusAgeSeconds} s`
  } catch (error) {
    if (!isRefusal(error)) throw error
    return `${error.code}, ${error.verdict}`
  }
}

describe('authorityFromUrl', () => {
  test('fetches nothing before the first presentation, then the trust file and one list', async () => {
    const authority = anAuthority()
    expect(asked).toEqual([])
    expect(await outcome(authority)).toBe('accepted, 30 s')
    expect(paths()).toEqual(['/trust.json', '/status/tsl/3'])
  })

  test('asks without cookies, referrer or redirects, and with a time limit', async () => {
    await outcome(anAuthority())
    for (const { init } of asked) {
      expect(init).toMatchObject({ credentials: 'omit', referrerPolicy: 'no-referrer', redirect: 'error' })
      expect(init.signal).toBeInstanceOf(AbortSignal)
    }
  })

  test('asks once for a hundred presentations at the same time', async () => {
    const authority = anAuthority()
    const outcomes = await Promise.all(Array.from({ length: 100 }, () => outcome(authority)))
    expect(new Set(outcomes)).toEqual(new Set(['accepted, 30 s']))
    expect(paths()).toEqual(['/trust.json', '/status/tsl/3'])
  })

  test('reuses a list for its ttl and then asks again', async () => {
    const authority = anAuthority()
    await outcome(authority)
    await outcome(authority, now + 59)
    expect(asked).toHaveLength(2)
    await publish({ list: statusPayload({ 94_567: 1 }, now + 50) })
    expect(await outcome(authority, now + 60)).toBe('revoked, invalid')
    expect(paths()).toEqual(['/trust.json', '/status/tsl/3', '/status/tsl/3'])
  })

  test('asks again at once where the list in hand is older than allowed', async () => {
    const authority = anAuthority()
    await outcome(authority)
    await publish({ list: statusPayload({}, now) })
    expect(await outcome(authority, now + 5, 10)).toBe('accepted, 5 s')
  })

  test('does not reuse anything where the caller says so', async () => {
    const authority = anAuthority({ maxCacheSeconds: 0 })
    await outcome(authority)
    await publish({ list: statusPayload({ 94_567: 1 }) })
    expect(await outcome(authority)).toBe('revoked, invalid')
  })

  test('lives on what is in hand while the authority is down, up to the allowed age and no longer', async () => {
    const authority = anAuthority()
    await outcome(authority)
    isDown = true
    expect(await outcome(authority, now + 200)).toBe('accepted, 230 s')
    expect(await outcome(authority, now + 271)).toBe('status-unavailable, cannot-tell')
    expect(await outcome(authority, now + 301)).toBe('trust-unavailable, cannot-tell')
  })

  test('recovers when the authority answers again', async () => {
    const authority = anAuthority()
    isDown = true
    expect(await outcome(authority)).toBe('trust-unavailable, cannot-tell')
    isDown = false
    expect(await outcome(authority)).toBe('accepted, 30 s')
  })

  test.each([
    ['a missing list', '/status/tsl/3', undefined, 'status-unavailable'],
    ['a list without end', '/status/tsl/3', 'A'.repeat(300_000), 'status-unavailable'],
    ['a page in place of a list', '/status/tsl/3', '<!doctype html>', 'status-malformed'],
    ['a missing trust file', '/trust.json', undefined, 'trust-unavailable'],
    ['a trust file without end', '/trust.json', ' '.repeat(600_000), 'trust-unavailable'],
    ['a trust file that is no JSON', '/trust.json', '<!doctype html>', 'trust-malformed'],
  ])('cannot tell with %s', async (_name, path, content, code) => {
    files = Object.fromEntries(Object.entries({ ...files, [path]: content ?? '' }).filter(([name]) => content !== undefined || name !== path))
    expect(await outcome(anAuthority())).toBe(`${code}, cannot-tell`)
  })

  test('stops accepting a key within five minutes of its compromise', async () => {
    const authority = anAuthority()
    await outcome(authority)
    const keys = (trustPayload(forge)['keys'] as { use: string }[]).map((key) => (key.use === 'credential' ? { ...key, state: 'compromised' } : key))
    await publishTrust({ keys, sequence: 8 })
    expect(await outcome(authority, now + 300, 600)).toBe('key-compromised, invalid')
  })
})

describe('what an authority object remembers', () => {
  test('is the root taken on first use, and another one is refused from then on', async () => {
    const authority = authorityFromUrl({ issuer, fetch: serve })
    expect(await outcome(authority)).toBe('accepted, 30 s')
    expect(authority.remembered().rootThumbprint).toBe(rootThumbprint)
    const mallory = await newKey()
    await publish({ root: mallory })
    expect(await outcome(authorityFromUrl({ issuer, fetch: serve, remembered: authority.remembered() }))).toBe('trust-signature, cannot-tell')
  })

  test('is plain JSON that a new start takes up again', async () => {
    const authority = anAuthority()
    await outcome(authority)
    const remembered = JSON.parse(JSON.stringify(authority.remembered()))
    expect(remembered).toEqual({ rootThumbprint, trustSequence: 7, listsIssuedAtSeconds: { [`${issuer}/status/tsl/3`]: now - 30 } })
    expect(await outcome(anAuthority({ remembered }))).toBe('accepted, 30 s')
  })

  test('refuses an earlier trust file', async () => {
    const authority = anAuthority({ maxCacheSeconds: 0, remembered: { trustSequence: 8 } })
    expect(await outcome(authority)).toBe('trust-rolled-back, cannot-tell')
    await publishTrust({ sequence: 8 })
    expect(await outcome(authority)).toBe('accepted, 30 s')
  })

  test('refuses an earlier list, so that a revocation cannot be taken back by an old file', async () => {
    const old = files['/status/tsl/3']!
    const authority = anAuthority({ maxCacheSeconds: 0 })
    await publish({ list: statusPayload({ 94_567: 1 }, now - 20) })
    expect(await outcome(authority)).toBe('revoked, invalid')
    files['/status/tsl/3'] = old
    expect(await outcome(authority)).toBe('revoked, invalid')
    expect(await outcome(anAuthority({ remembered: authority.remembered() }))).toBe('status-rolled-back, cannot-tell')
  })
})

describe('the issuer', () => {
  test.each(['https://id.example/', 'https://id.example/path', 'id.example', 'ftp://id.example', 'https://ID.example', 'https://u@id.example', ''])(
    '%p is not an origin',
    (wrong) => expect(() => authorityFromUrl({ issuer: wrong })).toThrow(TypeError),
  )

  test('has a did:web in which the port is escaped', () => {
    expect(authorityFromUrl({ issuer: 'http://localhost:8080' }).issuer.did).toBe('did:web:localhost%3A8080')
  })
})
