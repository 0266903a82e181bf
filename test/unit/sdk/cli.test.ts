import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { calculateJwkThumbprint } from 'jose'
import { main } from '../../../sdk/src/cli.ts'
import { audience, didOf, filesOf, issuer, newForge, nonce, now, presentationPayload, statusPayload, tokenOf, validAttempt, validPublished } from '../../support/token-forge.ts' // prettier-ignore
import type { Forge } from '../../support/token-forge.ts'

let forge: Forge
let folder: string
let presentation: string
let common: string[]

beforeAll(async () => {
  forge = await newForge()
  folder = mkdtempSync(join(tmpdir(), 'verify-'))
  presentation = await tokenOf(validAttempt(forge))
  const bundle = write('bundle.jwt', (await filesOf(validPublished(forge)))['/trust-bundle.jwt']!)
  const root = await calculateJwkThumbprint(forge.root.jwk)
  common = ['--issuer', issuer, '--root', root, '--bundle', bundle, '--max-status-age', '300', '--policy', 'identified/v1', '--now', String(now)]
})

afterAll(() => rmSync(folder, { recursive: true }))

function write(name: string, content: string): string {
  writeFileSync(join(folder, name), `${content}\n`)
  return join(folder, name)
}

async function run(args: readonly string[], input = ''): Promise<{ code: number; out: string; err: string }> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()]
  const [out, err] = [text(stdout), text(stderr)]
  const code = await main(args, { stdin: Readable.from([input]), stdout, stderr })
  stdout.end()
  stderr.end()
  return { code, out: await out, err: await err }
}

const one = (): string[] => [...common, '--audience', audience, '--nonce', nonce]

describe('vouchsafe-verify', () => {
  test('exits with 0 for a valid presentation from a file, and prints the age of the status', async () => {
    const { code, out } = await run([...one(), write('presentation.jwt', presentation)])
    expect(code).toBe(0)
    expect(out).toContain('valid: identified under identified/v1')
    expect(out).toContain(`holder: ${didOf(forge.holder)}`)
    expect(out).toContain('status: 30 s old')
  })

  test('takes values that begin with a dash, as thumbprints and nonces can', async () => {
    const dashed = '-nonce-of-one-visitor'
    const presentationOf = (credential: string) => ({ ...presentationPayload(forge.holder, credential), nonce: dashed })
    const token = await tokenOf({ ...validAttempt(forge), presentationPayload: presentationOf })
    expect((await run([...common, '--audience', audience, '--nonce', dashed], token)).code).toBe(0)
    expect((await run([...common, '--root', `-${'A'.repeat(42)}`, '--audience', audience, '--nonce', dashed], token)).out).toContain('(trust-signature)')
  })

  test('reads the standard input', async () => {
    expect((await run(one(), `${presentation}\n`)).code).toBe(0)
    expect((await run([...one(), '-'], presentation)).code).toBe(0)
  })

  test('exits with 1 for an invalid one and names the code', async () => {
    const { code, out } = await run([...common, '--audience', 'https://other.example', '--nonce', nonce], presentation)
    expect([code, out]).toEqual([1, expect.stringContaining('(wrong-audience)')])
  })

  test('exits with 2 when nobody can tell, and says so', async () => {
    const { code, out } = await run([...one(), '--max-status-age', '5'], presentation)
    expect([code, out]).toEqual([2, expect.stringMatching(/^cannot tell: .*\(status-stale\)/)])
  })

  test.each([
    ['no issuer', (args: string[]) => args.slice(2)],
    ['an unknown option', (args: string[]) => [...args, '--trust-anything']],
    ['two files', (args: string[]) => [...args, 'a', 'b']],
    ['an age that is no number', (args: string[]) => [...args, '--max-status-age', 'ever']],
    ['a bundle without root', (args: string[]) => args.filter((_, index) => index !== 2 && index !== 3)],
    ['a bundle that is not there', (args: string[]) => [...args, '--bundle', '/nowhere/bundle.jwt']],
    ['an environment of its own', (args: string[]) => [...args, '--environment', 'any']],
  ])('exits with 2 for %s, with a word on the error stream', async (_name, change) => {
    const { code, out, err } = await run(change(one()), presentation)
    expect([code, out]).toEqual([2, ''])
    expect(err).toMatch(/^vouchsafe-verify: ./)
  })

  test('does nothing without audience and nonce', async () => {
    expect((await run([...common, '--audience', audience], presentation)).err).toContain('--nonce')
    expect((await run([...common, '--nonce', nonce], presentation)).code).toBe(2)
  })

  test('prints its options', async () => {
    expect(await run(['--help'])).toMatchObject({ code: 0, out: expect.stringContaining('--max-status-age') })
  })
})

describe('vouchsafe-verify --many', () => {
  const answers = (out: string) => out.trim().split('\n').map((line) => JSON.parse(line)) // prettier-ignore
  const many = (lines: readonly unknown[]) => run([...common, '--audience', audience, '--many', write('many.jsonl', lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'))]) // prettier-ignore

  async function contributors(count: number) {
    return Promise.all(
      Array.from({ length: count }, async (_, index) => {
        const itsNonce = `nonce-of-contributor-${index}`
        const presentationOf = (credential: string) => ({ ...presentationPayload(forge.holder, credential), nonce: itsNonce })
        return { presentation: await tokenOf({ ...validAttempt(forge), presentationPayload: presentationOf }), nonce: itsNonce }
      }),
    )
  }

  test('answers each line in order and sums up', async () => {
    const { code, out } = await many(await contributors(150))
    expect(code).toBe(0)
    expect(answers(out).slice(0, -1).map(({ line, verdict }) => [line, verdict])).toEqual(Array.from({ length: 150 }, (_, index) => [index + 1, 'valid'])) // prettier-ignore
    expect(answers(out).at(-1)).toEqual({ summary: { valid: 150, invalid: 0, 'cannot-tell': 0, oldestStatusSeconds: 30 } })
  })

  test('names what is wrong with each, also a line that is no JSON and one that comes twice', async () => {
    const [first, second] = await contributors(2)
    const { code, out } = await many([
      first,
      first,
      { ...second, nonce: 'nonce-of-somebody-else' },
      '{broken',
      { ...second, audience: 'https://other.example' },
      second,
    ])
    expect(code).toBe(1)
    expect(answers(out).map(({ verdict, code: why }) => why ?? verdict)).toEqual([
      'valid',
      'nonce-used',
      'wrong-nonce',
      'malformed-token',
      'wrong-audience',
      'valid',
      undefined,
    ])
  })

  test('exits with 2 where no line is invalid and one cannot be told', async () => {
    const stale = write('stale.jwt', (await filesOf({ ...validPublished(forge), list: statusPayload({}, now - 4000) }))['/trust-bundle.jwt']!)
    const file = write('stale.jsonl', JSON.stringify((await contributors(1))[0]))
    const { code, out } = await run([...common, '--bundle', stale, '--audience', audience, '--many', file])
    expect([code, answers(out)[0]]).toEqual([2, { line: 1, verdict: 'cannot-tell', code: 'status-stale' }])
  })

  test('stops with 2 if the file is not there', async () => {
    expect(await run([...common, '--audience', audience, '--many', join(folder, 'nowhere')])).toMatchObject({ code: 2 })
  })
})
