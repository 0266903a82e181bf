import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ConfigError, type FindFaults, loadConfig } from '../../../src/config/load-config.ts'

const secret = 'A'.repeat(43)
const issuerFault = 'VOUCHSAFE_ISSUER must be an origin with a host name, such as https://authority.example, without a slash at its end'
const production = { VOUCHSAFE_ENVIRONMENT: 'production', VOUCHSAFE_ISSUER: 'https://authority.example', VOUCHSAFE_KEY_SECRET: secret }
const folder = mkdtempSync(join(tmpdir(), 'vouchsafe-config-'))

afterAll(() => rmSync(folder, { recursive: true }))

test('has a default for every setting of the test environment', async () => {
  const { config, secrets } = await loadConfig({ PATH: '/bin' })
  expect(config).toEqual({
    environment: 'test',
    issuer: 'http://localhost:8080',
    port: 8080,
    adminPort: 9080,
    icoPort: 8090,
    dataFolder: '.vouchsafe',
    keysFolder: 'keys',
    storeKind: 'sqlite',
    rosterDelaySeconds: 0,
    logLevel: 'info',
  })
  expect(secrets).toEqual({ storeAddress: '.vouchsafe/vouchsafe.sqlite' })
})

test('derives issuer and store from port and data folder', async () => {
  const { config, secrets } = await loadConfig({ VOUCHSAFE_PORT: '8181', VOUCHSAFE_DATA: '/data' })
  expect([config.issuer, secrets.storeAddress]).toEqual(['http://localhost:8181', '/data/vouchsafe.sqlite'])
})

test('waits a day before a roster statement counts in production', async () => {
  expect((await loadConfig(production)).config.rosterDelaySeconds).toBe(86_400)
})

test.each([
  ['sqlite:/data/x.sqlite', 'sqlite', '/data/x.sqlite'],
  ['mongodb://user:word@db/vouchsafe', 'mongodb', 'mongodb://user:word@db/vouchsafe'],
  ['mongodb+srv://db/vouchsafe', 'mongodb', 'mongodb+srv://db/vouchsafe'],
])('reads the store %s, and keeps its address out of the settings', async (store, kind, address) => {
  const { config, secrets } = await loadConfig({ VOUCHSAFE_STORE: store })
  expect([config.storeKind, secrets.storeAddress]).toEqual([kind, address])
  expect(JSON.stringify(config)).not.toContain(address)
})

test('reads a secret from the file that its twin names', async () => {
  const file = join(folder, 'secret')
  writeFileSync(file, `${secret}\n`)
  expect((await loadConfig({ VOUCHSAFE_KEY_SECRET_FILE: file })).secrets.keySecret).toEqual(new Uint8Array(32))
})

test.each([
  ['a name that is not known', { VOUCHSAFE_PROT: '1' }, 'VOUCHSAFE_PROT is not a setting'],
  ['a twin of what is no secret', { VOUCHSAFE_PORT_FILE: 'x' }, 'VOUCHSAFE_PORT_FILE is not a setting'],
  [
    'a setting and its twin',
    { VOUCHSAFE_KEY_SECRET: secret, VOUCHSAFE_KEY_SECRET_FILE: '/dev/null' },
    'VOUCHSAFE_KEY_SECRET and VOUCHSAFE_KEY_SECRET_FILE are both set',
  ],
  ['a twin without its file', { VOUCHSAFE_KEY_SECRET_FILE: '/nowhere' }, 'VOUCHSAFE_KEY_SECRET_FILE names a file that cannot be read'],
  ['a port that is no number', { VOUCHSAFE_PORT: 'http' }, 'VOUCHSAFE_PORT must be a whole number from 0 to 65535'],
  ['a port out of range', { VOUCHSAFE_ADMIN_PORT: '65536' }, 'VOUCHSAFE_ADMIN_PORT must be a whole number from 0 to 65535'],
  ['an unknown environment', { VOUCHSAFE_ENVIRONMENT: 'staging' }, 'VOUCHSAFE_ENVIRONMENT must be test or production'],
  ['an unknown kind of store', { VOUCHSAFE_STORE: 'postgres://x' }, 'VOUCHSAFE_STORE must be sqlite:FILE or mongodb://…'],
  ['an issuer with a path', { VOUCHSAFE_ISSUER: 'https://a.example/x' }, issuerFault],
  ['an issuer by address', { VOUCHSAFE_ISSUER: 'http://127.0.0.1:8080' }, issuerFault],
  ['an issuer by address of six', { VOUCHSAFE_ISSUER: 'http://[::1]:8080' }, issuerFault],
  ['an issuer with the usual port', { VOUCHSAFE_ISSUER: 'https://a.example:443' }, issuerFault],
  ['an issuer in capitals', { VOUCHSAFE_ISSUER: 'https://A.example' }, issuerFault],
  ['an issuer with a password', { VOUCHSAFE_ISSUER: 'https://a:b@a.example' }, issuerFault],
  ['an unknown log level', { VOUCHSAFE_LOG_LEVEL: 'loud' }, 'VOUCHSAFE_LOG_LEVEL must be fatal, error, warn, info, debug, trace or silent'],
  ['an empty folder', { VOUCHSAFE_DATA: '' }, 'VOUCHSAFE_DATA must be a folder'],
  ['a short secret', { VOUCHSAFE_KEY_SECRET: 'AAAA' }, 'VOUCHSAFE_KEY_SECRET must be 32 bytes as base64url'],
  ['a plain issuer in production', { ...production, VOUCHSAFE_ISSUER: 'http://a.example' }, 'VOUCHSAFE_ISSUER must be an https origin in production'],
  ['no secret in production', { ...production, VOUCHSAFE_KEY_SECRET: undefined }, 'VOUCHSAFE_KEY_SECRET must be set in production'],
])('refuses %s', async (_case, env, fault) => {
  expect(await faultsOf(env)).toEqual([fault])
})

test('lists all faults at once, those of the keys with them', async () => {
  const env = { VOUCHSAFE_ENVIRONMENT: 'production', VOUCHSAFE_MORE: '1' }
  const faults = await faultsOf(env, ({ config }) => Promise.resolve([`demo keys in ${config.keysFolder}`]))
  expect(faults).toEqual([
    'VOUCHSAFE_MORE is not a setting',
    'VOUCHSAFE_ISSUER must be an https origin in production',
    'VOUCHSAFE_KEY_SECRET must be set in production',
    'demo keys in keys',
  ])
})

test('leaves the names of the tests alone', async () => {
  expect(await faultsOf({ VOUCHSAFE_TEST_ANYTHING: '1' })).toEqual([])
})

test('never repeats a value', async () => {
  const text = (await faultsOf({ VOUCHSAFE_KEY_SECRET: 'hunter2', VOUCHSAFE_STORE: 'word', VOUCHSAFE_PORT: 'ERIKSSON' })).join('\n')
  expect(text).not.toMatch(/hunter2|: word|ERIKSSON/)
  expect(text.split('\n')).toHaveLength(3)
})

async function faultsOf(env: Record<string, string | undefined>, findFaults?: FindFaults): Promise<readonly string[]> {
  try {
    await loadConfig(env, findFaults)
    return []
  } catch (error) {
    if (error instanceof ConfigError) return error.faults
    throw error
  }
}
