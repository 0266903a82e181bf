import { createLocalJWKSet, compactVerify, decodeJwt, jwtVerify } from 'jose'
import { verifyCredential } from '@digitalbazaar/vc'
import { checkStatus } from '@digitalbazaar/vc-bitstring-status-list'
import { identifiedCredential } from '../../../../src/authority/credentials/identified-credential.ts'
import { counterUses, issue, issueBatch, weekOf } from '../../../../src/authority/credentials/index.ts'
import type { Keys } from '../../../../src/authority/keys/index.ts'
import { createStatusLists } from '../../../../src/authority/status/index.ts'
import type { EcPublicJwk, IssuanceKeyStatement } from '../../../../src/shared/contract/types.ts'
import { verifyingSuite } from '../../../../src/shared/data-integrity.ts'
import { createDocumentLoader } from '../../../../src/shared/document-loader.ts'
import { AuthorityError } from '../../../../src/shared/errors.ts'
import { newId } from '../../../../src/shared/ids.ts'
import { didJwkOf } from '../../../../src/shared/public-names.ts'
import { validate } from '../../../../src/shared/validate.ts'
import { signStatement } from '../../../../src/device/sign-statement.ts'
import type { DocumentStore } from '../../../../src/storage/collection.ts'
import { failOnce, withFaults } from '../../../support/faulty-store.ts'
import { newTestKey, openIssuance, ownKeyJws, type TestKey } from '../../../support/issuance.ts'
import { openMemoryStore } from '../../../support/memory-store.ts'
import { openTestKeys, testIssuer } from '../../../support/test-keys.ts'

/** A Saturday; its week began on Monday, 2026-11-16. */
const start = 1_795_262_400
const monday = 1_794_787_200
let keys: Keys
let store: DocumentStore
let given: Awaited<ReturnType<typeof openIssuance>>
let holder: TestKey

beforeAll(async () => {
  keys = await openTestKeys(start)
  holder = await newTestKey('ES256')
})
beforeEach(async () => {
  store = openMemoryStore()
  given = await openIssuance(store, keys, start)
})
afterEach(() => store.close())

const batchOf = (requestJws: string, change: object = {}) =>
  issueBatch(given.deps, { accountId: given.accountId, attestationId: given.attestationId, requestJws, ...change })

describe('issueBatch, JWT form', () => {
  it('gives exactly the credential of the format, signed by the published key', async () => {
    const { credentials, format, batch } = await batchOf(await given.request({ holders: [holder] }))
    const { payload, protectedHeader } = await compactVerify(credentials[0] as string, createLocalJWKSet(keys.jwks as never))
    const { list, index } = given.deps.placeOf(0)
    const did = didJwkOf(holder.publicJwk as never)
    const entry = (statusPurpose: string) => ({ type: 'BitstringStatusListEntry', statusPurpose, statusListIndex: String(index), statusListCredential: `${testIssuer}/status/bitstring/${statusPurpose}/${String(list)}` }) // prettier-ignore
    expect([format, batch.slice(0, 6)]).toEqual(['vc+jwt', 'batch_'])
    expect(protectedHeader).toEqual({ alg: 'ES256', typ: 'vc+jwt', cty: 'vc', kid: `${keys.did}#credential-1` })
    expect(JSON.parse(new TextDecoder().decode(payload))).toEqual({
      '@context': ['https://www.w3.org/ns/credentials/v2', `${testIssuer}/contexts/identified/v1`],
      type: ['VerifiableCredential', 'IdentifiedCredential'],
      issuer: keys.did,
      iss: keys.did,
      validFrom: '2026-11-16T00:00:00Z',
      iat: monday,
      validUntil: '2026-12-14T00:00:00Z',
      exp: 1_797_206_400,
      credentialSubject: { id: did, identified: true },
      policy: `${testIssuer}/policies/identified/v1`,
      environment: 'test',
      credentialStatus: [entry('revocation'), entry('suspension')],
      status: { status_list: { idx: index, uri: `${testIssuer}/status/tsl/${String(list)}` } },
      cnf: { jwk: holder.publicJwk },
    })
    await expect(jwtVerify(credentials[0] as string, createLocalJWKSet(keys.jwks as never), { currentDate: new Date(start * 1000), issuer: keys.did, typ: 'vc+jwt' })).resolves.toBeDefined() // prettier-ignore
  })

  it('gives 100 copies in the order of the keys, each with a place of its own and no two dates', async () => {
    const holders = await Promise.all(Array.from({ length: 100 }, () => newTestKey('ES256')))
    const { credentials } = await batchOf(await given.request({ holders }))
    const payloads = credentials.map((credential) => decodeJwt(credential as string) as Record<string, unknown>)
    expect(payloads.map(({ cnf }) => (cnf as { jwk: object }).jwk)).toEqual(holders.map(({ publicJwk }) => publicJwk))
    expect(new Set(payloads.map(({ status }) => JSON.stringify(status))).size).toBe(100)
    expect(new Set(payloads.map(({ iat, exp }) => JSON.stringify([iat, exp]))).size).toBe(1)
    expect(validate('http/batch', { batch: newId('batch'), format: 'vc+jwt', credentials })).toEqual([])
  })

  it('says nothing of the test environment in production', async () => {
    const facts = {
      issuer: testIssuer,
      did: keys.did,
      policy: 'identified/v1',
      holder: holder.publicJwk as never,
      place: { list: 0, index: 0 },
      week: weekOf(start),
    }
    expect(identifiedCredential({ ...facts, environment: 'production' })).not.toHaveProperty('environment')
    expect(identifiedCredential({ ...facts, environment: 'test' })).toHaveProperty('environment', 'test')
  })

  it('writes counters into the attestation by a logged act before it signs', async () => {
    const { batch } = await batchOf(await given.request({ holders: [holder] }))
    const after = await given.deps.attestations.get(given.attestationId)
    expect(after?.batches).toMatchObject([{ batch, firstCounter: 0, count: 1, format: 'vc+jwt' }])
    const entry = await given.deps.audit.entry(after!.acts[0]!.index)
    expect(entry).toMatchObject({ entry: { act: 'batch', subject: given.attestationId } })
    expect(await given.deps.counterUses.get('0')).toMatchObject({ uses: [{ batch, firstCounter: 0, count: 1 }] })
  })
})

describe('issueBatch, Data Integrity form', () => {
  it('gives a credential that @digitalbazaar/vc verifies with the published keys and lists, and a changed one fails', async () => {
    const ed = await newTestKey('EdDSA')
    const { credentials } = await batchOf(await given.request({ holders: [ed], format: 'data-integrity' }))
    const credential = credentials[0] as { credentialSubject: object; proof: object }
    expect(validate('credentials/identified', { ...credential, proof: undefined })).not.toEqual([])
    const { proof, ...unsigned } = credential
    expect(validate('credentials/identified', unsigned)).toEqual([])
    expect(Object.keys(unsigned).sort()).toEqual([
      '@context',
      'credentialStatus',
      'credentialSubject',
      'environment',
      'issuer',
      'policy',
      'type',
      'validFrom',
      'validUntil',
    ])
    expect(proof).toMatchObject({ type: 'DataIntegrityProof', cryptosuite: 'eddsa-rdfc-2022', proofPurpose: 'assertionMethod', verificationMethod: `${keys.did}#credential-di-1`, created: '2026-11-16T00:00:00Z' }) // prettier-ignore
    const statusLists = createStatusLists({ ...given.deps, counterBlocks: given.blocks, statusChanges: { async *notValid() {} } })
    const lists = new Map<string, object>()
    const { list } = given.deps.placeOf(0)
    for (const purpose of ['revocation', 'suspension'] as const) {
      const { text } = await statusLists.published({ form: 'bitstring-data-integrity', purpose }, list)
      lists.set(`${testIssuer}/status/bitstring/${purpose}/${String(list)}`, JSON.parse(text) as object)
    }
    const documentLoader = createDocumentLoader({ issuer: testIssuer, didDocument: keys.didDocument, documents: lists })
    const verify = (of: object) => verifyCredential({ credential: of, suite: verifyingSuite(), documentLoader, checkStatus, now: new Date(start * 1000) })
    expect(await verify(credential)).toMatchObject({ verified: true })
    expect(await verify({ ...credential, validUntil: '2027-12-14T00:00:00Z' })).toMatchObject({ verified: false })
    expect(await verify({ ...credential, credentialSubject: { ...credential.credentialSubject, name: 'UTOPIA SPECIMEN' } })).toMatchObject({ verified: false })
  })
})

describe('issueBatch refuses', () => {
  it.each(['suspended', 'revoked'] as const)('an attestation that is %s', async (state) => {
    await given.change({ state })
    await expect(batchOf(await given.request({ holders: [holder] }))).rejects.toMatchObject({ code: 'attestation-not-valid' })
  })

  it('an attestation whose time is over', async () => {
    given.setNow(given.attestation.validUntilSeconds)
    await expect(batchOf(await given.request({ holders: [holder] }))).rejects.toMatchObject({ code: 'attestation-not-valid' })
  })

  it("another person's attestation and an unknown one alike", async () => {
    const requestJws = await given.request({ holders: [holder] })
    const refusal = { code: 'not-found', message: 'There is no such attestation.' }
    await expect(batchOf(requestJws, { accountId: newId('account') })).rejects.toMatchObject(refusal)
    await expect(batchOf(requestJws, { attestationId: newId('attestation') })).rejects.toMatchObject(refusal)
  })

  it('a request that was answered before, and never signs for it twice', async () => {
    const requestJws = await given.request({ holders: [holder] })
    await batchOf(requestJws)
    await expect(batchOf(requestJws)).rejects.toMatchObject({ code: 'request-replayed' })
  })

  it('all but one of ten equal requests at the same time', async () => {
    const requestJws = await given.request({ holders: [holder] })
    const settled = await Promise.allSettled(Array.from({ length: 10 }, () => batchOf(requestJws)))
    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(settled.flatMap((one) => (one.status === 'rejected' ? [(one.reason as AuthorityError).code] : []))).toEqual(Array(9).fill('request-replayed'))
    expect((await given.deps.attestations.get(given.attestationId))?.batches).toHaveLength(1)
  })

  it('the same jti in another request', async () => {
    const jti = newId('request')
    await batchOf(await given.request({ holders: [holder], jti }))
    await expect(batchOf(await given.request({ holders: [await newTestKey('ES256')], jti }))).rejects.toMatchObject({ code: 'request-replayed' })
  })

  it('more than 100 copies', async () => {
    await expect(batchOf(await given.request({ holders: Array<TestKey>(101).fill(holder) }))).rejects.toMatchObject({ code: 'batch-too-large' })
  })

  it('a holder key that comes twice', async () => {
    await expect(batchOf(await given.request({ holders: [holder, holder] }))).rejects.toMatchObject({ code: 'proof-of-possession' })
  })

  it('a holder key of the other format', async () => {
    await expect(batchOf(await given.request({ holders: [holder], format: 'data-integrity' }))).rejects.toMatchObject({ code: 'invalid-request' })
  })

  it.each([
    ['by another key', { by: undefined }],
    ['for another authority', { payload: { aud: 'https://elsewhere.example' } }],
    ['for another request', { payload: { nonce: `request_${'b'.repeat(26)}` } }],
    ['with more to say', { payload: { name: 'UTOPIA SPECIMEN' } }],
    ['of another type', { typ: 'vouchsafe-issuance+jwt' }],
    ['with another header', { header: { kid: 'x' } }],
  ])('a proof of possession %s', async (name, proof) => {
    const by = name === 'by another key' ? { by: await newTestKey('ES256') } : {}
    await expect(batchOf(await given.request({ holders: [holder], proof: { ...proof, ...by } as object }))).rejects.toMatchObject({
      code: 'proof-of-possession',
    })
  })

  it('a proof by another key that claims the holder key', async () => {
    const other = await newTestKey('ES256')
    const proof = { by: other, header: { jwk: holder.publicJwk } }
    await expect(batchOf(await given.request({ holders: [holder], proof }))).rejects.toMatchObject({ code: 'proof-of-possession' })
  })

  it.each([
    ['for another authority', { aud: 'https://elsewhere.example' }, 'invalid-request'],
    ['for another attestation', { iss: `attestation_${'a'.repeat(26)}` }, 'invalid-request'],
    ['with an unknown member', { name: 'UTOPIA SPECIMEN' }, 'invalid-request'],
    ['without proofs', { proofs: [] }, 'invalid-request'],
    ['that is too old', { iat: start - 601 }, 'statement-expired'],
    ['from the future', { iat: start + 61 }, 'statement-expired'],
  ])('a request %s', async (_name, payload, code) => {
    await expect(batchOf(await given.request({ holders: [holder], payload }))).rejects.toMatchObject({ code })
  })

  it('a request in a second spelling', async () => {
    const jws = await given.request({ holders: [holder] })
    for (const spelling of [`${jws}=`, `${jws}\n`, ` ${jws}`, jws.replace('.', '..'), `${jws}.`]) {
      await expect(batchOf(spelling)).rejects.toMatchObject({ code: 'invalid-request' })
    }
  })

  it('a request whose signature is of other bytes', async () => {
    const [one, other] = [await given.request({ holders: [holder] }), await given.request({ holders: [holder] })]
    const mixed = [...one.split('.').slice(0, 2), other.split('.')[2]].join('.')
    await expect(batchOf(mixed)).rejects.toMatchObject({ code: 'issuance-key-unknown' })
  })

  it('a key that no statement authorises', async () => {
    const { issuanceKey } = given
    const stranger = await newTestKey('ES256')
    const asStranger = await ownKeyJws(stranger, 'vouchsafe-issuance+jwt', decodeJwt(await given.request({ holders: [holder] })))
    await expect(batchOf(asStranger)).rejects.toMatchObject({ code: 'issuance-key-unknown' })
    const pretending = await ownKeyJws(stranger, 'vouchsafe-issuance+jwt', decodeJwt(await given.request({ holders: [holder] })), {
      jwk: issuanceKey.publicJwk,
    })
    await expect(batchOf(pretending)).rejects.toMatchObject({ code: 'issuance-key-unknown' })
  })

  it('a key written into the store: with another key under the same assertion, or for another attestation', async () => {
    const stranger = await newTestKey('ES256')
    const [genuine] = given.attestation.issuanceKeys
    const elsewhere = await signStatement<IssuanceKeyStatement>(given.signing, given.passkey.credentialId, { ...genuine!.statement, id: newId('act'), subject: newId('attestation'), jwk: stranger.publicJwk as EcPublicJwk }) // prettier-ignore
    const swapped = { ...genuine!, statement: { ...genuine!.statement, jwk: stranger.publicJwk } }
    for (const planted of [elsewhere, swapped]) {
      await given.change({ issuanceKeys: [planted as never] })
      const request = await ownKeyJws(stranger, 'vouchsafe-issuance+jwt', decodeJwt(await given.request({ holders: [holder] })))
      await expect(batchOf(request)).rejects.toMatchObject({ code: 'issuance-key-unknown' })
    }
  })

  it('evidence that does not justify the attestation', async () => {
    const judge = () => Promise.reject(new AuthorityError('not-attestable', 'no'))
    const requestJws = await given.request({ holders: [holder] })
    await expect(issueBatch({ ...given.deps, judge }, { accountId: given.accountId, attestationId: given.attestationId, requestJws })).rejects.toMatchObject({
      code: 'not-attestable',
    })
  })

  it('an attestation without a decision record, and one with the decision record of another', async () => {
    const requestJws = await given.request({ holders: [holder] })
    const other = { ...given.decisionRecord, person: newId('person') }
    const { attestation } = given
    await expect(issue(given.deps, other, { attestation, requestJws })).rejects.toMatchObject({ code: 'not-attestable' })
    await given.deps.decisionRecords.remove(given.decisionRecord)
    await expect(batchOf(requestJws)).rejects.toMatchObject({ code: 'not-attestable' })
  })
})

describe('issue, the port to the keys', () => {
  it('refuses a batch whose counters are not in the attestation', async () => {
    const requestJws = await given.request({ holders: [holder] })
    const { attestation } = given
    await expect(issue(given.deps, given.decisionRecord, { attestation, requestJws })).rejects.toMatchObject({ code: 'counter-used' })
  })

  it('refuses a batch that it has signed before', async () => {
    const requestJws = await given.request({ holders: [holder] })
    await batchOf(requestJws)
    const attestation = (await given.deps.attestations.get(given.attestationId))!
    await expect(issue(given.deps, given.decisionRecord, { attestation, requestJws })).rejects.toMatchObject({ code: 'counter-used' })
  })

  it.each(['fail-and-not-persist', 'fail-but-persist'] as const)('signs nothing when its claim meets %s', async (fault) => {
    const faulty = withFaults(store, failOnce(fault, { collection: 'counter-uses' }))
    const deps = { ...given.deps, counterUses: faulty.collection(counterUses) }
    const requestJws = await given.request({ holders: [holder] })
    await expect(issueBatch(deps, { accountId: given.accountId, attestationId: given.attestationId, requestJws })).rejects.toMatchObject({
      code: 'store-unavailable',
    })
    await expect(batchOf(requestJws)).rejects.toMatchObject({ code: 'request-replayed' })
  })
})
