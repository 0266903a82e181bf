import { EvaluationRequest, generateKeyPair, Oprf, VOPRFServer } from '@cloudflare/voprf-ts'
import { CryptoNoble } from '@cloudflare/voprf-ts/crypto-noble'
import type { EvaluationRequest as Body, OpeningReply } from '../../../src/shared/contract/types.ts'
import { fromBase64url, toBase64url } from '../../../src/shared/base64url.ts'
import type { Console } from '../../../src/device/console/console.ts'
import { evaluateTags } from '../../../src/device/console/evaluate-tags.ts'

const suite = Oprf.Suite.P256_SHA256
const newKey = () => generateKeyPair(suite, CryptoNoble)
type Key = Awaited<ReturnType<typeof newKey>>
let keys: Record<string, Key>
const passport = { type: 'passport', issuingState: 'UTO', number: 'L898902C3' } as const
const licence = { type: 'driving-licence', issuingState: 'UTO', number: 'D1' } as const

beforeAll(async () => {
  keys = { 'oprf-1': await newKey(), 'oprf-2': await newKey() }
})

/** A console whose trust file has the public keys, and a server that evaluates with `used`. */
function setting(used = keys) {
  const seen: string[] = []
  const api = {
    evaluate: async (_case: string, { evaluations }: Body) => ({
      evaluations: await Promise.all(
        evaluations.map(async ({ key, blinded }) => {
          seen.push(blinded)
          const request = EvaluationRequest.deserialize(suite, fromBase64url(blinded), CryptoNoble)
          const evaluation = await new VOPRFServer(suite, used[key]!.privateKey, CryptoNoble).blindEvaluate(request)
          return { key, evaluated: toBase64url(evaluation.serialize()) }
        }),
      ),
    }),
  }
  const published = Object.entries(keys).map(([kid, { publicKey }]) => ({
    kid,
    use: 'oprf',
    alg: 'P256-SHA256',
    state: 'active',
    notBeforeSeconds: 0,
    publicKey: toBase64url(publicKey),
  }))
  const opening = { case: 'case_x', oprfKeys: published.map(({ kid, publicKey }) => ({ key: kid, publicKey })) } as unknown as OpeningReply
  return { seen, opening, console: { api, trust: { keys: published } } as unknown as Console }
}

describe('uniqueness tags', () => {
  test('are the same for the same number, however it is typed, and blinded anew each time', async () => {
    const { console, opening, seen } = setting()
    const first = await evaluateTags(console, opening, [passport, licence])
    const second = await evaluateTags(console, opening, [licence, { ...passport, number: ' l898902-c3 ' }])
    expect(second).toEqual(first)
    expect(new Set(seen).size).toBe(8)
    expect(first.map(({ type, key }) => `${key} ${type}`).toSorted()).toEqual([
      'oprf-1 driving-licence',
      'oprf-1 passport',
      'oprf-2 driving-licence',
      'oprf-2 passport',
    ])
    expect(first.map(({ key, tag }) => `${key}.${tag}`)).toEqual(first.map(({ key, tag }) => `${key}.${tag}`).toSorted())
  })

  test('differ for another number, state or type', async () => {
    const { console, opening } = setting()
    const one = async (key: Parameters<typeof evaluateTags>[2][number]) => (await evaluateTags(console, opening, [key]))[0]!.tag
    const tags = [await one(passport), await one({ ...passport, number: 'L898902C4' }), await one({ ...passport, issuingState: 'XXX' }), await one({ ...passport, type: 'identity-card' })] // prettier-ignore
    expect(new Set(tags).size).toBe(4)
  })

  test('are refused when the authority used another key for this person', async () => {
    const { console, opening } = setting({ ...keys, 'oprf-1': await newKey() })
    await expect(evaluateTags(console, opening, [passport])).rejects.toMatchObject({ code: 'tag-refused' })
  })

  test('are refused under a key that is not in the trust file', async () => {
    const { console, opening } = setting()
    const extra = { ...opening, oprfKeys: [...opening.oprfKeys, { key: 'oprf-9', publicKey: opening.oprfKeys[0]!.publicKey }] }
    await expect(evaluateTags(console, extra, [passport])).rejects.toMatchObject({ code: 'tag-refused' })
  })

  test('are refused when an evaluation is missing or of another key', async () => {
    const { console, opening } = setting()
    const api = { evaluate: async (id: string, body: Body) => ({ evaluations: (await console.api.evaluate(id, body)).evaluations.toReversed() }) }
    await expect(evaluateTags({ ...console, api: api as unknown as Console['api'] }, opening, [passport])).rejects.toMatchObject({ code: 'tag-refused' })
  })
})
