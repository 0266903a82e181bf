import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startTestAuthority, type TestAuthority } from '../../support/test-authority.ts'
import type { CliContext } from '../../../src/cli/context.ts'
import { asCommand, run } from '../../../src/cli/run.ts'
import { listKeys } from '../../../src/cli/keys-list.ts'
import { systemClock } from '../../../src/shared/clock.ts'

let authority: TestAuthority
let folder: string
let printed: string[]

beforeAll(async () => {
  authority = await startTestAuthority()
})
afterAll(() => authority.close())
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vouchsafe-cli-'))
  printed = []
})
afterEach(() => rm(folder, { recursive: true }))

function context(change: Partial<CliContext> = {}): CliContext {
  const env = { VOUCHSAFE_DATA: join(folder, 'data'), VOUCHSAFE_KEYS: join(authority.folder, 'keys'), VOUCHSAFE_ISSUER: authority.issuer }
  const untilStopped = () => Promise.resolve()
  return { env, cwd: folder, print: (line) => printed.push(line), ask: undefined, fetch, clock: systemClock, workFactor: 1, untilStopped, ...change }
}

const typed = (line: string, change: Partial<CliContext> = {}) => run(context(change), { as: asCommand }, line.split(' '))
const anna = 'as applicant --profile anna'

async function modeOf(path: string): Promise<string> {
  return ((await stat(join(folder, path))).mode & 0o777).toString(8)
}

describe('a profile', () => {
  test('is a folder for its owner alone, with files for its owner alone', async () => {
    expect((await typed(`${anna} join`)).failure).toBeUndefined()
    expect((await typed(`${anna} status`)).failure).toBeUndefined()
    expect(await modeOf('data/profiles/anna')).toBe('700')
    const files = await readdir(join(folder, 'data/profiles/anna'))
    expect(files.toSorted()).toEqual(['account.json', 'memory.json', 'passkeys.json', 'recovery-kit.txt', 'session.json', 'settings.json'])
    for (const file of files) expect(await modeOf(`data/profiles/anna/${file}`)).toBe('600')
  })

  test('pins the root key on first use, prints it, and refuses another one from then on', async () => {
    await typed(`${anna} join`)
    expect(printed[0]).toContain(authority.rootThumbprint)
    const memory = join(folder, 'data/profiles/anna/memory.json')
    await writeFile(memory, (await readFile(memory, 'utf8')).replace(authority.rootThumbprint, 'B'.repeat(43)))
    expect((await typed(`${anna} status`)).failure).toMatchObject({ code: 'statement-refused', exitCode: 1 })
  })

  test('refuses an authority whose root is not the one that was named', async () => {
    expect((await typed(`${anna} --root ${'A'.repeat(43)} join`)).failure?.code).toBe('statement-refused')
  })

  test('joins once', async () => {
    await typed(`${anna} join`)
    expect((await typed(`${anna} join`)).failure?.code).toBe('joined-already')
  })

  test('signs in anew when the session of an earlier command is over', async () => {
    await typed(`${anna} join`)
    const session = join(folder, 'data/profiles/anna/session.json')
    await typed(`${anna} status`)
    await writeFile(session, JSON.stringify({ ...JSON.parse(await readFile(session, 'utf8')), token: 'A'.repeat(43) }))
    expect(await typed(`${anna} status`)).toEqual({ lines: ['You have no case. Run: apply'] })
  })

  test('comes back on another device with its kit alone', async () => {
    await typed(`${anna} join --kit kit.txt`)
    expect((await typed('as applicant --profile phone recover kit.txt')).lines[0]).toMatch(/^Back as account_/)
    expect((await typed('as applicant --profile phone documents')).failure).toBeUndefined()
    await writeFile(join(folder, 'wrong.txt'), (await readFile(join(folder, 'kit.txt'), 'utf8')).replace(/code: ..../, 'code: 0000'))
    expect((await typed('as applicant --profile thief recover wrong.txt')).failure?.code).toBe('sign-in-failed')
  })
})

describe('typed fields', () => {
  test('are asked for, and stay out of the command line', async () => {
    await typed(`${anna} join`)
    const answers: Record<string, string> = {
      'name: ': 'UTOPIA SPECIMEN',
      'phone: ': '',
      'national-id-number: ': '12',
      'issuing state': 'uto',
      'number of your passport': 'P1',
    }
    const ask = async (question: string) => Object.entries(answers).find(([begin]) => question.startsWith(begin))?.[1] ?? ''
    expect((await typed(`${anna} fields`, { ask })).failure).toBeUndefined()
    expect((await typed(`${anna} documents`)).lines).toEqual(['field name', 'field national-id-number', 'number of passport', 'number of national-id-number'])
    expect((await typed(`${anna} fields`)).failure?.code).toBe('usage')
  })
})

describe('a command line that makes no sense', () => {
  test.each([
    ['as nobody --profile anna join'],
    ['as applicant join'],
    ['as applicant --profile ../x join'],
    ['as applicant --profile anna dance'],
    ['as applicant --profile anna join --speed 9'],
    ['dance'],
  ])('%s ends with 64', async (line) => {
    expect((await typed(line)).failure).toMatchObject({ code: 'usage', exitCode: 64 })
  })

  test('is not carried out', async () => {
    await typed('as applicant --profile anna keep --type passport')
    expect(await readdir(join(folder, 'data/profiles/anna'))).not.toContain('account.json')
  })

  test('is told from an authority that does not answer', async () => {
    expect((await typed('as applicant --profile anna --issuer http://localhost:1 join')).failure).toMatchObject({ code: 'no-answer', exitCode: 69 })
  })
})

describe('help', () => {
  test('names every role and command', async () => {
    const { lines } = await typed('as --help')
    for (const word of ['applicant:', 'reviewer:', 'operator:', 'holder:', 'apply', 'claim', 'admit', 'present']) expect(lines.join('\n')).toContain(word)
    expect((await typed('as reviewer --help')).lines.join('\n')).not.toContain('holder:')
    expect((await typed('help')).lines.length).toBeGreaterThan(2)
  })
})

describe('keys list', () => {
  test('shows the root and every key after checking the root’s signature', async () => {
    const lines = await listKeys(context())
    expect(lines).toContain(`Root ${authority.rootThumbprint}`)
    for (const use of ['credential', 'status', 'log', 'bundle', 'oprf', 'operator']) expect(lines.some((line) => line.startsWith(use))).toBe(true)
  })

  test('says so where there are none', async () => {
    await expect(listKeys(context({ env: { VOUCHSAFE_KEYS: join(folder, 'none') } }))).rejects.toMatchObject({ code: 'no-keys' })
  })
})
