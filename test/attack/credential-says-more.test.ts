import fc from 'fast-check'
import { identifiedCredential } from '../../src/authority/credentials/identified-credential.ts'
import type { CredentialFormat } from '../../src/authority/credentials/allowed-payload.ts'
import { signCredential } from '../../src/authority/credentials/sign-credential.ts'
import { weekOf } from '../../src/authority/credentials/index.ts'
import type { DataIntegritySigner, JwsSigner, Keys } from '../../src/authority/keys/index.ts'
import { newTestKey } from '../support/issuance.ts'
import { openTestKeys, testIssuer } from '../support/test-keys.ts'

const start = 1_795_262_400
const canary = 'UTOPIA SPECIMEN'
let keys: Keys
let signatures: number
let honest: Record<CredentialFormat, object>

beforeAll(async () => {
  const opened = await openTestKeys(start)
  const jws: JwsSigner = { kid: 'kid', sign: () => Promise.resolve(`signed ${String(signatures++)}`) }
  const signed = (): Promise<Uint8Array> => Promise.resolve(new Uint8Array(64).fill(signatures++))
  const di: DataIntegritySigner = { id: opened.dataIntegritySigners.credential.id, algorithm: 'Ed25519', sign: signed }
  keys = { ...opened, credentialSigner: jws, dataIntegritySigners: { credential: di, status: di } }
  const facts = {
    issuer: testIssuer,
    did: keys.did,
    policy: 'identified/v1',
    place: { list: 3, index: 94_567 },
    environment: 'test',
    week: weekOf(start),
  } as const
  const of = async (alg: 'ES256' | 'EdDSA'): Promise<object> => identifiedCredential({ ...facts, holder: (await newTestKey(alg)).publicJwk as never })
  honest = { 'vc+jwt': await of('ES256'), 'data-integrity': await of('EdDSA') }
})
beforeEach(() => (signatures = 0))

type Path = readonly (string | number)[]

/** Every object and array in a value, by its path. */
function containers(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return []
  return [path, ...Object.entries(value).flatMap(([name, inner]) => containers(inner, [...path, Array.isArray(value) ? Number(name) : name]))]
}

function changedAt(value: unknown, path: Path, change: (at: never) => void): unknown {
  const copy = JSON.parse(JSON.stringify(value)) as unknown
  change(path.reduce<unknown>((at, step) => (at as Record<string, unknown>)[step as string], copy) as never)
  return copy
}

function withMember(value: unknown, path: Path, name: string, member: unknown): unknown {
  return changedAt(value, path, (at: Record<string, unknown> | unknown[]) => {
    if (Array.isArray(at)) at.push(member)
    else Object.defineProperty(at, name, { value: member, enumerable: true, configurable: true, writable: true })
  })
}

const attempt = (format: CredentialFormat, payload: unknown) => signCredential({ issuer: testIssuer, keys }, format, payload)
const refused = { code: 'payload-refused' }

describe('a credential that would say more', () => {
  it('is never signed: 10,000 extra members at any depth, in both forms', async () => {
    const places = (['vc+jwt', 'data-integrity'] as const).flatMap((format) => containers(honest[format]).map((path) => [format, path] as const))
    const names = fc.oneof(
      fc.string(),
      fc.constantFrom('name', 'birthDate', 'evidence', 'vc', 'nbf', 'sub', 'proof', '__proto__', 'constructor', 'toJSON', 'id ', 'Identified', ''),
    )
    let tried = 0
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...places), names, fc.jsonValue(), async ([format, path], name, member) => {
        const target = path.reduce<unknown>((at, step) => (at as Record<string, unknown>)[step as string], honest[format])
        fc.pre(Array.isArray(target) || !Object.hasOwn(target as object, name))
        tried += 1
        await expect(attempt(format, withMember(honest[format], path, name, member))).rejects.toMatchObject(refused)
      }),
      { numRuns: 10_000 },
    )
    expect(tried).toBeGreaterThanOrEqual(10_000)
    expect(signatures).toBe(0)
  }, 120_000)

  it('is never signed with a canary in the place of any value', async () => {
    for (const format of ['vc+jwt', 'data-integrity'] as const) {
      for (const path of containers(honest[format])) {
        const target = path.reduce<unknown>((at, step) => (at as Record<string, unknown>)[step as string], honest[format]) as object
        for (const name of Object.keys(target)) {
          for (const value of [canary, { name: canary }, [canary], `${testIssuer}/${canary}`]) {
            await expect(
              attempt(
                format,
                changedAt(honest[format], path, (at: Record<string, unknown>) => (at[name] = value)),
              ),
            ).rejects.toMatchObject(refused)
          }
        }
      }
    }
    expect(signatures).toBe(0)
  })

  it.each([
    ['a query behind the policy', (at: Record<string, unknown>) => (at['policy'] = `${String(at['policy'])}?name=${canary}`)],
    ['a policy of another authority', (at: Record<string, unknown>) => (at['policy'] = `${testIssuer}.example/policies/identified/v1`)],
    ['a fragment behind the context', (at: Record<string, unknown[]>) => (at['@context']![1] = `${testIssuer}/contexts/identified/v1#${canary}`)],
    ['another issuer', (at: Record<string, unknown>) => (at['issuer'] = 'did:web:elsewhere.example')],
    ['another iss', (at: Record<string, unknown>) => (at['iss'] = canary)],
    [
      'a status list elsewhere',
      (at: Record<string, Record<string, unknown>[]>) => (at['credentialStatus']![0]!['statusListCredential'] = `https://elsewhere.example/${canary}`),
    ],
    ['a private holder key', (at: { cnf: { jwk: Record<string, unknown> } }) => (at.cnf.jwk['d'] = 'A'.repeat(43))],
  ])('is never signed with %s', async (_name, change) => {
    await expect(attempt('vc+jwt', changedAt(honest['vc+jwt'], [], change as never))).rejects.toMatchObject(refused)
    expect(signatures).toBe(0)
  })

  it.each(['iss', 'iat', 'exp', 'status', 'cnf'])(
    'is never signed in the other form: a token without %s, a Data Integrity credential with it',
    async (name) => {
      const { [name]: member, ...without } = honest['vc+jwt'] as Record<string, unknown>
      await expect(attempt('vc+jwt', without)).rejects.toMatchObject(refused)
      await expect(attempt('data-integrity', { ...honest['data-integrity'], [name]: member })).rejects.toMatchObject(refused)
      expect(signatures).toBe(0)
    },
  )

  it.each([
    ['other dates in iat', { iat: 1 }],
    ['other dates in exp', { exp: 4_000_000_000 }],
    ['a date beyond time', { exp: Number.MAX_SAFE_INTEGER }],
    ['another subject than its key', { credentialSubject: { id: 'did:jwk:AAAA', identified: true } }],
  ])('is never signed with %s', async (_name, change) => {
    await expect(attempt('vc+jwt', { ...honest['vc+jwt'], ...change })).rejects.toMatchObject(refused)
    expect(signatures).toBe(0)
  })

  it('is never signed because an object writes itself otherwise than it looks', async () => {
    const lying = Object.assign(Object.create({ toJSON: () => ({ ...honest['vc+jwt'], name: canary }) }) as object, honest['vc+jwt'])
    await expect(attempt('vc+jwt', lying)).rejects.toMatchObject(refused)
    const cyclic: Record<string, unknown> = { ...honest['vc+jwt'] }
    cyclic['self'] = cyclic
    await expect(attempt('vc+jwt', cyclic)).rejects.toMatchObject(refused)
    expect(signatures).toBe(0)
  })

  it('differs in nothing else from one that is signed', async () => {
    await expect(attempt('vc+jwt', honest['vc+jwt'])).resolves.toBe('signed 0')
    await expect(attempt('data-integrity', honest['data-integrity'])).resolves.toMatchObject(honest['data-integrity'])
    expect(signatures).toBe(2)
  })
})
