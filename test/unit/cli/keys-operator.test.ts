import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { keysCommand } from '../../../src/cli/keys.ts'
import { readOperators } from '../../../src/cli/keys-operator.ts'
import { run } from '../../../src/cli/run.ts'
import { publicPasskey } from '../../../src/device/software-passkey.ts'
import { quietContext } from '../../support/cli-context.ts'

const folder = mkdtempSync(join(tmpdir(), 'vouchsafe-operator-'))
const context = quietContext(folder, {})
const typed = (line: string) => run(context, { keys: keysCommand }, line.split(' '))
const read = (name: string) => JSON.parse(readFileSync(join(folder, name), 'utf8'))
const modeOf = (name: string): number => statSync(join(folder, name)).mode & 0o777

afterAll(() => rmSync(folder, { recursive: true }))

test('makes a private passkey for its owner alone, and the public part of the same passkey beside it', async () => {
  expect((await typed('keys operator --out one.json')).failure).toBeUndefined()
  const { operator, credentialId, privateKeyJwk } = read('one.json')
  expect(read('one.public.json')).toEqual({
    operator,
    passkey: publicPasskey({ credentialId, rpId: '', userHandle: operator, privateKey: privateKeyJwk.d }),
  })
  expect([modeOf('one.json'), modeOf('one.public.json')]).toEqual([0o600, 0o644])
  expect(JSON.stringify(read('one.public.json'))).not.toContain(privateKeyJwk.d)
})

test('makes another operator each time, and never over a file that is there', async () => {
  await typed('keys operator --out two')
  const before = read('two')
  expect((await typed('keys operator --out two')).failure).toMatchObject({ code: 'not-written', exitCode: 1 })
  await typed('keys operator --out three')
  expect(read('two')).toEqual(before)
  expect(read('three').operator).not.toBe(before.operator)
})

test('says so when there is no such folder', async () => {
  expect((await typed('keys operator --out nowhere/four.json')).failure?.code).toBe('not-written')
})

describe('as a public part is not accepted', () => {
  const passkey = { credentialId: 'AAAA', publicKey: 'AAAA' }
  const operator = `operator_${'a'.repeat(26)}`

  test.each([
    ['another person’s id', { operator: `account_${'a'.repeat(26)}`, passkey }],
    ['a passkey without a key', { operator, passkey: { credentialId: 'AAAA' } }],
    ['a key that is no base64url', { operator, passkey: { credentialId: 'AAAA', publicKey: 'A+/=' } }],
    ['a member more', { operator, passkey, privateKeyJwk: {} }],
    ['a member more in the passkey', { operator, passkey: { ...passkey, d: 'AAAA' } }],
    ['nothing', null],
  ])('%s', async (_case, content) => {
    writeFileSync(join(folder, 'bad.public.json'), JSON.stringify(content))
    await expect(readOperators(context, ['bad.public.json'])).rejects.toMatchObject({ code: 'operator-unreadable' })
  })

  test('a private file, a missing file', async () => {
    await typed('keys operator --out five.json')
    await expect(readOperators(context, ['five.json'])).rejects.toMatchObject({ code: 'operator-unreadable' })
    await expect(readOperators(context, ['none.public.json'])).rejects.toMatchObject({ code: 'operator-unreadable' })
  })

  test('the same one twice', async () => {
    writeFileSync(join(folder, 'good.public.json'), JSON.stringify({ operator, passkey }))
    await expect(readOperators(context, ['good.public.json', 'good.public.json'])).rejects.toMatchObject({ code: 'operator-twice' })
  })
})
