import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openKeys } from '../../../src/authority/keys/index.ts'
import type { CliContext } from '../../../src/cli/context.ts'
import { keysCommand } from '../../../src/cli/keys.ts'
import { run } from '../../../src/cli/run.ts'
import type { SignedTrustFile, TrustFile } from '../../../src/shared/contract/types.ts'
import { systemClock } from '../../../src/shared/clock.ts'
import { verifiedTrust } from '../../../src/shared/trust.ts'
import { quietContext } from '../../support/cli-context.ts'

const issuer = 'https://authority.example'
const root = mkdtempSync(join(tmpdir(), 'vouchsafe-ceremony-'))
const days = (count: number) => ({ clock: { nowSeconds: () => systemClock.nowSeconds() + count * 86_400 } })
let folder: string
let env: Record<string, string>

const typed = (line: string, change: Partial<CliContext> = {}) => run(quietContext(folder, env, change), { keys: keysCommand }, line.split(' '))
const pathOf = (name: string): string => join(folder, 'keys', name)
const signed = (): SignedTrustFile => JSON.parse(readFileSync(pathOf('public/trust.json'), 'utf8')) as SignedTrustFile
const trust = async (): Promise<TrustFile> => (await verifiedTrust(signed(), { issuer, rootThumbprint: undefined, nowSeconds: 0 })).trust
const operatorOf = (name: string): string => (JSON.parse(readFileSync(join(folder, name), 'utf8')) as { operator: string }).operator

beforeEach(async () => {
  folder = mkdtempSync(join(root, 'case-'))
  const settings = { VOUCHSAFE_ENVIRONMENT: 'production', VOUCHSAFE_ISSUER: issuer, VOUCHSAFE_KEYS: join(folder, 'keys') }
  env = { ...settings, VOUCHSAFE_KEY_SECRET: (await run(quietContext(folder, {}), { keys: keysCommand }, ['keys', 'secret'])).lines[0]! }
  for (const name of ['one', 'two', 'three']) await typed(`keys operator --out ${name}.json`)
})
afterAll(() => rmSync(root, { recursive: true }))

const create = () => typed('keys create --operator one.public.json --operator two.public.json')

describe('keys secret', () => {
  test('prints 32 fresh bytes', async () => {
    const [first, second] = [await typed('keys secret'), await typed('keys secret')]
    expect(first.lines[0]).toMatch(/^[A-Za-z0-9_-]{43}$/)
    expect(first.lines).not.toEqual(second.lines)
  })
})

describe('keys create', () => {
  test('makes a whole folder of keys that are no demo, and shows the root thumbprint and where the root key lies', async () => {
    const { lines, failure } = await create()
    expect(failure).toBeUndefined()
    const { rootThumbprint } = await verifiedTrust(signed(), { issuer, rootThumbprint: undefined, nowSeconds: systemClock.nowSeconds() })
    expect(await trust()).toMatchObject({ demo: false, environment: 'production', sequence: 1, rpId: 'authority.example', rosterDelaySeconds: 86_400 })
    expect((await trust()).operators.map(({ operator }) => operator)).toEqual([operatorOf('one.json'), operatorOf('two.json')])
    expect(lines).toContain(`Root ${rootThumbprint}`)
    expect(lines.join('\n')).toContain(pathOf('private/root.jwe'))
    expect(existsSync(pathOf('private/secret'))).toBe(false)
  })

  test('takes the roster delay of the environment', async () => {
    env['VOUCHSAFE_ROSTER_DELAY_SECONDS'] = '3600'
    await create()
    expect((await trust()).rosterDelaySeconds).toBe(3600)
  })

  test('never replaces keys, nor private files whose trust file is gone', async () => {
    await create()
    const before = signed()
    expect((await create()).failure).toMatchObject({ code: 'keys-exist', exitCode: 1 })
    expect(signed()).toEqual(before)
    rmSync(pathOf('public'), { recursive: true })
    expect((await create()).failure?.code).toBe('keys-exist')
  })

  test('wants an operator', async () => {
    expect((await typed('keys create')).failure).toMatchObject({ code: 'usage', exitCode: 64 })
    expect(existsSync(pathOf('private'))).toBe(false)
  })

  test('lists all faults of the settings, and makes nothing', async () => {
    env = { VOUCHSAFE_ENVIRONMENT: 'production', VOUCHSAFE_ISSUER: 'http://authority.example', VOUCHSAFE_KEYS: join(folder, 'keys'), VOUCHSAFE_X_UNKNOWN: '1' }
    const { failure } = await create()
    expect(failure).toMatchObject({ code: 'config', exitCode: 78 })
    expect(failure?.lines).toHaveLength(4)
    expect(existsSync(pathOf('private'))).toBe(false)
  })

  test('wants a secret in the test environment too, for these keys are no demo', async () => {
    env = { VOUCHSAFE_KEYS: join(folder, 'keys') }
    expect((await create()).failure?.code).toBe('config')
  })
})

describe('keys renew', () => {
  const rootKey = (): string => pathOf('private/root.jwe')

  test('signs the next trust file by the same root, with a new time, even after the old one expired', async () => {
    await create()
    const before = await trust()
    expect((await typed('keys renew', days(100))).failure).toBeUndefined()
    const after = await trust()
    expect(after).toEqual({ ...before, sequence: 2, issuedAtSeconds: after.issuedAtSeconds, expiresAtSeconds: after.expiresAtSeconds })
    expect(after.expiresAtSeconds - before.expiresAtSeconds).toBeGreaterThanOrEqual(100 * 86_400)
  })

  test('adds operators, and drops them by name alone', async () => {
    await create()
    await typed('keys renew --operator three.public.json')
    expect((await trust()).operators).toHaveLength(3)
    const { lines } = await typed(`keys renew --drop ${operatorOf('one.json')}`)
    expect((await trust()).operators.map(({ operator }) => operator)).toEqual([operatorOf('two.json'), operatorOf('three.json')])
    expect(lines.at(-1)).toContain('refused from now on')
  })

  test('drops nobody unknown, and not the last', async () => {
    await typed('keys create --operator one.public.json')
    const before = signed()
    expect((await typed(`keys renew --drop ${operatorOf('two.json')}`)).failure?.code).toBe('operator-unknown')
    expect((await typed(`keys renew --drop ${operatorOf('one.json')}`)).failure?.code).toBe('no-operators')
    expect(signed()).toEqual(before)
  })

  test.each<[string, () => void]>([
    ['without the root’s private key', () => renameSync(rootKey(), join(folder, 'root.jwe'))],
    ['with another root’s', () => writeFileSync(rootKey(), readFileSync(pathOf('private/log-1.jwe')))],
    ['with another secret', () => (env['VOUCHSAFE_KEY_SECRET'] = 'A'.repeat(43))],
    ['for another issuer', () => (env['VOUCHSAFE_ISSUER'] = 'https://other.example')],
    ['for another environment', () => (env['VOUCHSAFE_ENVIRONMENT'] = 'test')],
    ['with a longer roster delay, which would count for reviewers admitted before', () => (env['VOUCHSAFE_ROSTER_DELAY_SECONDS'] = '90000')],
  ])('refuses %s', async (_case, breakIt) => {
    await create()
    const before = signed()
    breakIt()
    expect((await typed('keys renew')).failure).toMatchObject({ code: 'key-sealed', exitCode: 1 })
    expect(signed()).toEqual(before)
  })

  test('leaves a demo’s keys to the server', async () => {
    const secret = new Uint8Array(32)
    const input = {
      directory: join(folder, 'keys'),
      issuer: 'http://localhost:8080',
      rpId: 'localhost',
      origins: ['http://localhost:8080'],
      rosterDelaySeconds: 0,
    }
    await openKeys({ ...input, secret, environment: 'test', clock: systemClock })
    env = { VOUCHSAFE_KEYS: join(folder, 'keys'), VOUCHSAFE_KEY_SECRET: 'A'.repeat(43) }
    expect((await typed('keys renew')).failure?.code).toBe('key-sealed')
  })
})

describe('keys list', () => {
  const listed = async (later: number): Promise<string> => (await typed('keys list', days(later))).lines.join('\n')

  test('says until when the trust file is good, and from 30 days before that it must be signed again', async () => {
    await create()
    expect(await listed(0)).toMatch(/Trust file 1, good until 20/)
    expect(await listed(59)).not.toContain('keys renew')
    expect(await listed(61)).toMatch(/expires in 2[89] days.*keys renew/)
    expect(await listed(91)).toMatch(/Trust file 1, EXPIRED at 20[^]*has expired/)
  })

  test('names the keys that have signed for longer than the policy allows', async () => {
    await create()
    await typed('keys renew', days(181))
    expect(await listed(179)).not.toContain('has signed for longer')
    expect(await listed(181)).toContain('The key credential-1 has signed for longer than the 180 days')
    expect(await listed(181)).not.toContain('The key log-1')
  })
})

test('a command line that makes no sense ends with 64', async () => {
  for (const line of ['keys dance', 'keys list --all', 'keys secret --long', 'keys operator']) {
    expect((await typed(line)).failure).toMatchObject({ code: 'usage', exitCode: 64 })
  }
  expect((await typed('keys --help')).lines.join('\n')).toContain('keys create')
})
