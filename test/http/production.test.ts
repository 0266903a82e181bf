import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { authorityFromUrl, verifyAttestation } from '@vouchsafe/verify'
import { decodeJwt } from 'jose'
import { pino } from 'pino'
import { generateKeys, openKeys } from '../../src/authority/keys/index.ts'
import { keysCommand } from '../../src/cli/keys.ts'
import { asCommand, run } from '../../src/cli/run.ts'
import { serve } from '../../src/cli/serve.ts'
import { type Authority, loadSettings, startAuthority } from '../../src/compose.ts'
import { ConfigError } from '../../src/config/load-config.ts'
import { present } from '../../src/device/wallet/present.ts'
import { refillCredentials } from '../../src/device/wallet/refill-credentials.ts'
import { systemClock } from '../../src/shared/clock.ts'
import { quietContext } from '../support/cli-context.ts'
import { apply, approve, enrolReviewers, newApplicant } from '../support/people.ts'
import { freePorts } from '../support/test-authority.ts'

const issuer = 'https://authority.example'
const folder = mkdtempSync(join(tmpdir(), 'vouchsafe-production-'))
const directFetch = globalThis.fetch
const ours: Record<string, string> = {}

/** The keys as the ceremony leaves them on the server: without the root's private key. */
beforeAll(async () => {
  const [port, adminPort, icoPort] = await freePorts(3)
  const typed = (line: string) => run(quietContext(folder, ours), { keys: keysCommand }, line.split(' '))
  const ports = { VOUCHSAFE_PORT: String(port), VOUCHSAFE_ADMIN_PORT: String(adminPort), VOUCHSAFE_ICO_PORT: String(icoPort) }
  const places = { VOUCHSAFE_KEYS: join(folder, 'keys'), VOUCHSAFE_DATA: join(folder, 'data'), VOUCHSAFE_ROSTER_DELAY_SECONDS: '0' }
  const [secret = ''] = (await typed('keys secret')).lines
  Object.assign(ours, { ...ports, ...places, VOUCHSAFE_ENVIRONMENT: 'production', VOUCHSAFE_ISSUER: issuer, VOUCHSAFE_KEY_SECRET: secret })
  await typed('keys operator --out operator.json')
  expect((await typed('keys create --operator operator.public.json')).failure).toBeUndefined()
  rmSync(join(folder, 'keys/private/root.jwe'))
  // What stands in front of the server in production: the issuer's name leads to it.
  const behind = (url: string): string => url.replace(issuer, `http://127.0.0.1:${String(port)}`)
  globalThis.fetch = (input, init) => directFetch(behind(input instanceof Request ? input.url : new URL(input).href), init)
})
afterAll(() => {
  globalThis.fetch = directFetch
  rmSync(folder, { recursive: true })
})

describe('an authority in production', () => {
  let authority: Authority
  beforeAll(async () => {
    authority = await startAuthority(await loadSettings(ours), { logger: pino({ level: 'silent' }), checkReplies: true })
  })
  afterAll(() => authority.close())

  it('serves without the root’s private key, is ready, and has no demo site', async () => {
    expect((await fetch(`${issuer}/trust.json`)).status).toBe(200)
    expect((await fetch(`${authority.adminUrl}/readyz`)).status).toBe(200)
    expect(authority.icoUrl).toBeUndefined()
    await expect(fetch(`http://127.0.0.1:${ours['VOUCHSAFE_ICO_PORT']!}/`)).rejects.toThrow('fetch failed')
  })

  it('lets the operator of the ceremony work with the file that was made', async () => {
    const line = ['as', 'operator', '--profile', 'desk', '--issuer', issuer, '--root', authority.rootThumbprint, 'invite', '--organisation', 'One', '--key', 'operator.json'] // prettier-ignore
    const context = quietContext(folder, { VOUCHSAFE_DATA: join(folder, 'desk') }, { fetch: (input, init) => fetch(input, init) })
    expect(await run(context, { as: asCommand }, line)).toMatchObject({
      lines: [/^Enrolment/, /^https:\/\/authority\.example\//].map((text) => expect.stringMatching(text)),
    })
  })

  it('attests, and its credentials do not say that they are of a test', async () => {
    const operator = JSON.parse(readFileSync(join(folder, 'operator.json'), 'utf8'))
    const here = { ...authority, folder, operator }
    const consoles = await enrolReviewers(here, 2)
    const wallet = await newApplicant(here, 'production')
    const { case: drawn } = await apply(wallet, 'production')
    for (const console of consoles) await approve(console, drawn.case)
    await authority.features.duties.settle()
    const [attestation] = (await wallet.api.attestations()).data
    await refillCredentials(wallet, { attestation: attestation!.attestation, format: 'vc+jwt', count: 1 })

    const [audience, nonce] = ['https://sale.example', 'a-nonce-of-this-visit']
    const presentation = await present(wallet, { audience, nonce })
    const [entry] = decodeJwt<{ verifiableCredential: readonly { readonly id: string }[] }>(presentation).verifiableCredential
    const credential = decodeJwt(entry!.id.slice(entry!.id.indexOf(',') + 1))
    expect(credential).toMatchObject({ issuer: 'did:web:authority.example', credentialSubject: { identified: true } })
    expect(credential).not.toHaveProperty('environment')
    const trusted = authorityFromUrl({ issuer, rootThumbprint: authority.rootThumbprint })
    const expected = { authority: trusted, audience, nonce, maxStatusAgeSeconds: 60, requiredPolicy: 'identified/v1' } as const
    expect(await verifyAttestation(presentation, expected)).toMatchObject({ policy: 'identified/v1' })
  }, 120_000)
})

describe('what the operators should see to', () => {
  it('is in the log at the start, and the authority stays ready', async () => {
    const logged: string[] = []
    const logger = pino({ level: 'warn' }, new Writable({ write: (line, _encoding, done) => (logged.push(String(line)), done()) }))
    const clock = { nowSeconds: () => systemClock.nowSeconds() + 70 * 86_400 }
    const authority = await startAuthority(await loadSettings(ours), { logger, clock })
    try {
      expect(logged.filter((line) => line.includes('The trust file expires in'))).toHaveLength(1)
      expect((await fetch(`${authority.adminUrl}/readyz`)).status).toBe(200)
    } finally {
      await authority.close()
    }
  })
})

describe('production refuses', () => {
  it('demo keys, a missing secret, a plain issuer and an unknown setting, all in one list', async () => {
    const demo = join(folder, 'demo-keys')
    const plain = 'http://localhost:8080'
    const input = { directory: demo, issuer: plain, rpId: 'localhost', origins: [plain], rosterDelaySeconds: 0, clock: systemClock }
    await openKeys({ ...input, secret: undefined, environment: 'test' })
    const faults = await faultsOf({ ...ours, VOUCHSAFE_KEYS: demo, VOUCHSAFE_ISSUER: plain, VOUCHSAFE_KEY_SECRET: undefined, VOUCHSAFE_X_UNKNOWN: '1' })
    expect(faults).toEqual(expect.arrayContaining([
      'VOUCHSAFE_X_UNKNOWN is not a setting',
      'VOUCHSAFE_ISSUER must be an https origin in production',
      'VOUCHSAFE_KEY_SECRET must be set in production',
      'public/trust.json is of the test environment.',
      'public/trust.json holds demo keys, which production refuses.',
    ])) // prettier-ignore
  })

  it('keys of another issuer that have expired too, and says both', async () => {
    const directory = join(folder, 'old-keys')
    const operators = [{ operator: `operator_${'a'.repeat(26)}`, passkey: { credentialId: 'AAAA', publicKey: 'AAAA' } }]
    const input = { directory, issuer: 'https://other.example', rpId: 'authority.example', origins: [issuer], rosterDelaySeconds: 0 }
    await generateKeys({ ...input, secret: new Uint8Array(32), environment: 'production', operators, clock: { nowSeconds: () => 1_700_000_000 } })
    const faults = await faultsOf({ ...ours, VOUCHSAFE_KEYS: directory, VOUCHSAFE_KEY_SECRET: 'A'.repeat(43) })
    expect(faults).toEqual(['public/trust.json is of another issuer.', 'public/trust.json has expired.'])
  })

  it('a folder without keys, and makes none', async () => {
    expect(await faultsOf({ ...ours, VOUCHSAFE_KEYS: join(folder, 'none') })).toEqual([expect.stringMatching(/^public\/trust\.json is missing/)])
  })

  it.each([
    ['another issuer', { VOUCHSAFE_ISSUER: 'https://other.example' }],
    ['the test environment', { VOUCHSAFE_ENVIRONMENT: 'test' }],
  ])('a store of %s', async (_case, change) => {
    const store = `sqlite:${join(folder, `store-of-${Object.values(change).join('').replaceAll(/\W/g, '-')}`)}`
    const first = { ...ours, ...change, VOUCHSAFE_KEYS: join(folder, `keys-of-${Object.keys(change).join('')}`), VOUCHSAFE_STORE: store }
    await run(quietContext(folder, first), { keys: keysCommand }, ['keys', 'create', '--operator', 'operator.public.json'])
    await (await startAuthority(await loadSettings(first), { logger: pino({ level: 'silent' }) })).close()
    await expect(startAuthority(await loadSettings({ ...ours, VOUCHSAFE_STORE: store }))).rejects.toMatchObject({ code: 'store-of-another-issuer' })
  })
})

it('a start that fails half-way closes what it had opened', async () => {
  const taken = createServer()
  await new Promise<void>((resolve) => taken.listen(Number(ours['VOUCHSAFE_ADMIN_PORT']), '127.0.0.1', resolve))
  try {
    const { failure } = await run(quietContext(folder, ours), { serve: { usage: 'serve', help: '', run: serve } }, ['serve'])
    expect(failure).toMatchObject({ code: 'port-taken', exitCode: 69 })
    await expect(fetch(`${issuer}/trust.json`)).rejects.toThrow('fetch failed')
  } finally {
    await new Promise((resolve) => taken.close(resolve))
  }
})

it('a refused start of a test authority makes no keys', async () => {
  const VOUCHSAFE_KEYS = join(folder, 'unmade')
  expect(await faultsOf({ VOUCHSAFE_KEYS, VOUCHSAFE_X_UNKNOWN: '1' })).toEqual(['VOUCHSAFE_X_UNKNOWN is not a setting'])
  expect(() => readFileSync(join(VOUCHSAFE_KEYS, 'public/trust.json'))).toThrow('ENOENT')
})

it('`serve` ends with 78 for an unknown setting, and a line for each fault', async () => {
  const env = { ...ours, VOUCHSAFE_X_UNKNOWN: '1', VOUCHSAFE_PORT: 'http' }
  const { failure } = await run(quietContext(folder, env), { serve: { usage: 'serve', help: '', run: serve } }, ['serve'])
  expect(failure).toMatchObject({ code: 'config', exitCode: 78 })
  expect(failure?.lines).toEqual([
    expect.stringContaining('[config]'),
    expect.stringContaining('VOUCHSAFE_X_UNKNOWN'),
    expect.stringContaining('VOUCHSAFE_PORT'),
  ])
})

async function faultsOf(env: Readonly<Record<string, string | undefined>>): Promise<readonly string[]> {
  try {
    await loadSettings(env)
    return []
  } catch (error) {
    if (error instanceof ConfigError) return error.faults
    throw error
  }
}
