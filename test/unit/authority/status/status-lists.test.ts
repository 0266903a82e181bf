import { inflateSync } from 'node:zlib'
import { verifyCredential } from '@digitalbazaar/vc'
import { decodeList } from '@digitalbazaar/vc-bitstring-status-list'
import { compactVerify, createLocalJWKSet, jwtVerify } from 'jose'
import type { Keys } from '../../../../src/authority/keys/index.ts'
import { counterBlocks, createPlaceOf, createStatusLists, type PlaceOf, type StatusLists } from '../../../../src/authority/status/index.ts'
import type { AttestationRecord, CounterBlockRecord } from '../../../../src/shared/contract/types.ts'
import { verifyingSuite } from '../../../../src/shared/data-integrity.ts'
import { createDocumentLoader } from '../../../../src/shared/document-loader.ts'
import { AuthorityError } from '../../../../src/shared/errors.ts'
import type { Collection, DocumentStore } from '../../../../src/storage/collection.ts'
import { openMemoryStore } from '../../../support/memory-store.ts'
import { openTestKeys, testIssuer } from '../../../support/test-keys.ts'

type NotValid = Pick<AttestationRecord, 'state' | 'batches'>

const start = 1_795_000_000
const token = { form: 'token-status-list' } as const
const batch = (firstCounter: number, count: number): AttestationRecord['batches'][number] =>
  ({ batch: `batch_${'a'.repeat(26)}`, requestHash: 'A'.repeat(43), format: 'vc+jwt', firstCounter, count, atSeconds: start }) as const

let keys: Keys
let placeOf: PlaceOf
let store: DocumentStore
let blocks: Collection<CounterBlockRecord>
let now: number
let notValid: NotValid[]
let readings: number
let lists: StatusLists

beforeAll(async () => {
  keys = await openTestKeys(start)
  placeOf = createPlaceOf(keys.statusPermutationKey)
})
beforeEach(async () => {
  ;[now, notValid, readings] = [start, [], 0]
  store = openMemoryStore()
  blocks = store.collection(counterBlocks)
  await blocks.insert({ id: '0', takenAtSeconds: start })
  lists = process()
})
afterEach(() => store.close())

function process(): StatusLists {
  const statusChanges = {
    async *notValid() {
      readings += 1
      yield* notValid
    },
  }
  return createStatusLists({ issuer: testIssuer, clock: { nowSeconds: () => now }, keys, counterBlocks: blocks, placeOf, statusChanges })
}

async function statusOf(counter: number, from: StatusLists = lists): Promise<number> {
  const { list, index } = placeOf(counter)
  const { payload } = await jwtVerify((await from.published(token, list)).text, createLocalJWKSet(keys.jwks as never), { currentDate: new Date(now * 1000) })
  const bytes = inflateSync(Buffer.from((payload['status_list'] as { lst: string }).lst, 'base64url'))
  return (bytes[index >> 2]! >> ((index & 3) * 2)) & 3
}

describe('Token Status List', () => {
  it('is signed by the status key, with exactly the members of the format', async () => {
    const { text, mediaType } = await lists.published(token, 3)
    const { protectedHeader, payload } = await compactVerify(text, createLocalJWKSet(keys.jwks as never))
    expect(mediaType).toBe('application/statuslist+jwt')
    expect(protectedHeader).toEqual({ alg: 'ES256', typ: 'statuslist+jwt', kid: `${keys.did}#status-1` })
    expect(JSON.parse(new TextDecoder().decode(payload))).toEqual({
      iss: 'did:web:localhost%3A8080',
      sub: 'http://localhost:8080/status/tsl/3',
      iat: start,
      exp: start + 86_400,
      ttl: 60,
      status_list: { bits: 2, lst: expect.any(String) },
    })
  })

  it('says 1 for each copy of a revoked attestation, 2 for a suspended one, 0 for others', async () => {
    notValid = [
      { state: 'revoked', batches: [batch(10, 3), batch(500, 1)] },
      { state: 'suspended', batches: [batch(20, 2)] },
    ]
    const counters = [9, 10, 11, 12, 13, 500, 501, 19, 20, 21, 22]
    expect(await Promise.all(counters.map((counter) => statusOf(counter)))).toEqual([0, 1, 1, 1, 0, 1, 0, 0, 2, 2, 0])
  })
})

describe('Bitstring Status List', () => {
  beforeEach(() => {
    notValid = [
      { state: 'revoked', batches: [batch(10, 1)] },
      { state: 'suspended', batches: [batch(20, 1)] },
    ]
  })

  it('says the same in JWT form, each purpose in a list of its own', async () => {
    const bitOf = async (purpose: 'revocation' | 'suspension', counter: number): Promise<boolean> => {
      const { list, index } = placeOf(counter)
      const { text } = await lists.published({ form: 'bitstring-jwt', purpose }, list)
      const { payload, protectedHeader } = await jwtVerify(text, createLocalJWKSet(keys.jwks as never), { currentDate: new Date(now * 1000), typ: 'vc+jwt' })
      expect(protectedHeader).toEqual({ alg: 'ES256', typ: 'vc+jwt', cty: 'vc', kid: `${keys.did}#status-1` })
      const { encodedList, ...subject } = payload['credentialSubject'] as { encodedList: string }
      const id = `${testIssuer}/status/bitstring/${purpose}/${String(list)}`
      expect(payload).toMatchObject({ id, iss: keys.did, issuer: keys.did, iat: start, exp: start + 86_400 })
      expect(subject).toEqual({ id: `${id}#list`, type: 'BitstringStatusList', statusPurpose: purpose, ttl: 60_000 })
      return (await decodeList({ encodedList })).getStatus(index)
    }
    expect([await bitOf('revocation', 10), await bitOf('suspension', 10), await bitOf('revocation', 20), await bitOf('suspension', 20)]).toEqual([
      true,
      false,
      false,
      true,
    ])
  })

  it('verifies in Data Integrity form by the published DID document', async () => {
    const { list, index } = placeOf(10)
    const { text, mediaType } = await lists.published({ form: 'bitstring-data-integrity', purpose: 'revocation' }, list)
    const credential = JSON.parse(text) as { credentialSubject: { encodedList: string }; proof: object }
    const documentLoader = createDocumentLoader({ issuer: testIssuer, didDocument: keys.didDocument })
    const verify = (of: object) => verifyCredential({ credential: of, suite: verifyingSuite(), documentLoader, now: new Date(now * 1000) })
    expect(await verify(credential)).toMatchObject({ verified: true })
    expect(await verify({ ...credential, credentialSubject: { ...credential.credentialSubject, statusPurpose: 'suspension' } })).toMatchObject({
      verified: false,
    })
    expect(mediaType).toBe('application/vc')
    expect(credential.proof).toMatchObject({ cryptosuite: 'eddsa-rdfc-2022', proofPurpose: 'assertionMethod', verificationMethod: `${keys.did}#status-di-1` })
    expect((await decodeList(credential.credentialSubject)).getStatus(index)).toBe(true)
  })
})

describe('publishing', () => {
  it('shows a change at once in the process that made it', async () => {
    expect(await statusOf(10)).toBe(0)
    notValid = [{ state: 'revoked', batches: [batch(10, 1)] }]
    expect(await statusOf(10)).toBe(0)
    lists.statusChanged()
    expect(await statusOf(10)).toBe(1)
  })

  it('shows a change in another process after two seconds', async () => {
    const other = process()
    expect(await statusOf(10, other)).toBe(0)
    notValid = [{ state: 'revoked', batches: [batch(10, 1)] }]
    lists.statusChanged()
    now += 2
    expect(await statusOf(10, other)).toBe(1)
  })

  it('does not keep a reading that began before a change', async () => {
    const before = lists.published(token, placeOf(10).list)
    lists.statusChanged()
    notValid = [{ state: 'revoked', batches: [batch(10, 1)] }]
    await before
    expect(await statusOf(10)).toBe(1)
  })

  it('reads once for many requests, and again when the clock was set back', async () => {
    await Promise.all(Array.from({ length: 20 }, (_, n) => lists.published(token, n % 8)))
    expect(readings).toBe(1)
    now -= 100
    await lists.published(token, 0)
    expect(readings).toBe(2)
  })

  it('serves the same signature while nothing changes, and dates lists never later than their reading', async () => {
    const first = await lists.published(token, 0)
    now += 4
    expect(await lists.published(token, 0)).toEqual(first)
    now += 3
    const later = await lists.published(token, 0)
    expect(later.etag).not.toBe(first.etag)
    expect([later.iatSeconds, now - later.iatSeconds]).toEqual([start + 5, 2])
  })

  it('fails while the store fails, and recovers with it', async () => {
    let isDown = true
    const statusChanges = {
      notValid: async function* () {
        if (isDown) throw new AuthorityError('store-unavailable', 'down')
        yield* []
      },
    }
    const shaky = createStatusLists({ issuer: testIssuer, clock: { nowSeconds: () => now }, keys, counterBlocks: blocks, placeOf, statusChanges })
    await expect(shaky.published(token, 0)).rejects.toMatchObject({ code: 'store-unavailable' })
    isDown = false
    await expect(shaky.published(token, 0)).resolves.toMatchObject({ mediaType: 'application/statuslist+jwt' })
  })

  it('has no list that no counter can have reached', async () => {
    expect(await lists.listNumbers()).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
    await expect(lists.published(token, 8)).rejects.toMatchObject({ code: 'not-found' })
    await expect(lists.published(token, 2 ** 52)).rejects.toMatchObject({ code: 'not-found' })
    await blocks.insert({ id: '1024', takenAtSeconds: start })
    expect(await lists.listNumbers()).toHaveLength(16)
    await expect(lists.published(token, 15)).resolves.toBeDefined()
  })
})
