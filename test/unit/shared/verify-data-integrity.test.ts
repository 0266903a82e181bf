import { readFileSync } from 'node:fs'
import { verify, verifyCredential } from '@digitalbazaar/vc'
import { checkStatus } from '@digitalbazaar/vc-bitstring-status-list'
import { issueBatch } from '../../../src/authority/credentials/index.ts'
import { signCredential } from '../../../src/authority/credentials/sign-credential.ts'
import type { Keys } from '../../../src/authority/keys/index.ts'
import { createStatusLists, type StatusLists } from '../../../src/authority/status/index.ts'
import { presentDataIntegrity } from '../../../src/device/present-data-integrity.ts'
import { verifyingSuite, withDataIntegrityProof } from '../../../src/shared/data-integrity.ts'
import { createDocumentLoader } from '../../../src/shared/document-loader.ts'
import { identifiedContext } from '../../../src/shared/identified-context.ts'
import { type DataIntegrityVerifierDeps, verifyDataIntegrityPresentation } from '../../../src/shared/verify-data-integrity.ts'
import type { DocumentStore } from '../../../src/storage/collection.ts'
import { newTestKey, openIssuance, type TestKey } from '../../support/issuance.ts'
import { openMemoryStore } from '../../support/memory-store.ts'
import { openTestKeys, testIssuer } from '../../support/test-keys.ts'

type Json = Record<string, unknown>

const start = 1_795_262_400
const asked = { audience: 'https://ico.example', nonce: 'nonce-of-one-visitor', requiredPolicy: 'identified/v1', maxStatusAgeSeconds: 300 }
const clock = { nowSeconds: () => start }
let keys: Keys
let store: DocumentStore
let given: Awaited<ReturnType<typeof openIssuance>>
let lists: StatusLists
let holder: TestKey
let credential: Json
let presentation: Json
let deps: DataIntegrityVerifierDeps

beforeAll(async () => {
  keys = await openTestKeys(start)
  holder = await newTestKey('EdDSA')
  store = openMemoryStore()
  given = await openIssuance(store, keys, start)
  const { attestations } = given.deps
  const statusChanges = {
    async *notValid() {
      yield (await attestations.get(given.attestationId))!
    },
  }
  lists = createStatusLists({ ...given.deps, counterBlocks: given.blocks, statusChanges })
  const requestJws = await given.request({ holders: [holder], format: 'data-integrity' })
  const { credentials } = await issueBatch(given.deps, { accountId: given.accountId, attestationId: given.attestationId, requestJws })
  credential = credentials[0] as Json
  presentation = (await present(credential)) as Json
})
beforeEach(async () => {
  deps = await depsWith('valid')
})
afterAll(() => store.close())

const present = (of: Json, by: TestKey = holder, change: object = {}) =>
  presentDataIntegrity(
    { issuer: testIssuer, clock },
    { credential: of, holderKey: by.privateJwk as never, audience: asked.audience, nonce: asked.nonce, ...change },
  )
const verifying = (of: unknown, expected: object = {}, from: object = {}) =>
  verifyDataIntegrityPresentation({ ...deps, ...from }, of, { ...asked, ...expected })
const urls = (): string[] => (credential['credentialStatus'] as { statusListCredential: string }[]).map(({ statusListCredential }) => statusListCredential)

async function depsWith(state: 'valid' | 'revoked' | 'suspended'): Promise<DataIntegrityVerifierDeps> {
  await given.change({ state })
  lists.statusChanged()
  const { list } = given.deps.placeOf(0)
  const texts = await Promise.all(
    (['revocation', 'suspension'] as const).map((purpose) => lists.published({ form: 'bitstring-data-integrity', purpose }, list)),
  )
  return { trust: keys.trust, nowSeconds: start, statusLists: new Map(texts.map(({ text }, at) => [urls()[at]!, JSON.parse(text) as object])) }
}

describe('a Data Integrity presentation', () => {
  it('is accepted, and says that someone is identified and nothing else', async () => {
    const { id } = credential['credentialSubject'] as { id: string }
    expect(await verifying(presentation)).toEqual({ holder: id, policy: 'identified/v1' })
    expect(id).toMatch(/^did:key:z6Mk/)
  })

  it('has the form of the format page', () => {
    expect(presentation).toMatchObject({
      '@context': ['https://www.w3.org/ns/credentials/v2'],
      type: ['VerifiablePresentation'],
      verifiableCredential: [credential],
      proof: { cryptosuite: 'eddsa-rdfc-2022', proofPurpose: 'authentication', challenge: asked.nonce, domain: asked.audience },
    })
  })
})

describe('a revoked copy', () => {
  it('is verified: true to the library alone, which is why its status check is wrapped', async () => {
    const { statusLists } = await depsWith('revoked')
    const documentLoader = createDocumentLoader({ issuer: testIssuer, didDocument: keys.didDocument, documents: statusLists })
    const options = { suite: verifyingSuite(), documentLoader, now: new Date(start * 1000) }
    const check = (o: Parameters<typeof checkStatus>[0]) => checkStatus({ ...o, ...{ verifyBitstringStatusListCredential: false } })
    const result = await verifyCredential({ ...options, credential, checkStatus: check })
    expect(result.verified).toBe(true)
    expect(result.statusResult?.results?.map(({ status }) => status)).toEqual([true, false])
    expect(await verify({ ...options, presentation, challenge: asked.nonce, domain: asked.audience, checkStatus: check })).toMatchObject({ verified: true })
  })

  it.each([
    ['revoked', 'revoked'],
    ['suspended', 'suspended'],
  ] as const)('fails when the attestation is %s', async (state, code) => {
    await expect(verifying(presentation, {}, await depsWith(state))).rejects.toMatchObject({ code, verdict: 'invalid' })
  })
})

describe('status that cannot be told', () => {
  const cannotTell = (code: string) => ({ code, verdict: 'cannot-tell' })

  it('is never valid: a list that is missing', async () => {
    await expect(verifying(presentation, {}, { statusLists: new Map() })).rejects.toMatchObject(cannotTell('status-unavailable'))
  })

  it('is never valid: a list that is older than allowed, over, or from the future', async () => {
    await expect(verifying(presentation, {}, { nowSeconds: start + 301 })).rejects.toMatchObject(cannotTell('status-stale'))
    await expect(verifying(presentation, { maxStatusAgeSeconds: 1e9 }, { nowSeconds: start + 86_400 })).rejects.toMatchObject(cannotTell('status-stale'))
    const keysOfYesterday = { ...keys.trust, keys: keys.trust.keys.map((key) => ({ ...key, notBeforeSeconds: start - 86_400 })) }
    await expect(verifying(presentation, {}, { nowSeconds: start - 61, trust: keysOfYesterday })).rejects.toMatchObject(cannotTell('status-stale'))
  })

  it('is never valid: a list of the other purpose in its place', async () => {
    const [revocation, suspension] = [...deps.statusLists.values()]
    const swapped = new Map([[urls()[0]!, suspension!], [urls()[1]!, revocation!]]) // prettier-ignore
    await expect(verifying(presentation, {}, { statusLists: swapped })).rejects.toMatchObject(cannotTell('status-malformed'))
  })

  it('is never valid: a list that was changed, is unsigned, or is signed by the credential key', async () => {
    const url = urls()[0]!
    const genuine = deps.statusLists.get(url) as Json
    const { proof, ...unsigned } = genuine
    const documentLoader = createDocumentLoader({ issuer: testIssuer })
    const otherKey = await withDataIntegrityProof({ signer: keys.dataIntegritySigners.credential, documentLoader, created: '2026-11-21T00:00:00Z' }, unsigned)
    for (const list of [{ ...genuine, validUntil: '2027-01-01T00:00:00Z' }, unsigned, otherKey]) {
      const statusLists = new Map([...deps.statusLists, [url, list]])
      await expect(verifying(presentation, {}, { statusLists })).rejects.toMatchObject(cannotTell('status-signature'))
    }
  })
})

describe('a presentation is refused', () => {
  it.each([
    ['for another site', { audience: 'https://elsewhere.example' }, 'wrong-audience'],
    ['for another request', { nonce: 'nonce-of-another-visitor' }, 'wrong-nonce'],
    ['under another policy', { requiredPolicy: 'identified/v2' }, 'wrong-policy'],
  ])('%s', async (_name, expected, code) => {
    await expect(verifying(presentation, expected)).rejects.toMatchObject({ code })
  })

  it('whose domain is a list of sites', async () => {
    const proof = { ...(presentation['proof'] as object), domain: [asked.audience, 'https://elsewhere.example'] }
    await expect(verifying({ ...presentation, proof })).rejects.toMatchObject({ code: 'wrong-shape' })
  })

  it('by another key than the holder’s, whether it names itself or the holder', async () => {
    const thief = await newTestKey('EdDSA')
    const stolen = (await present(credential, thief)) as Json
    await expect(verifying(stolen)).rejects.toMatchObject({ code: 'holder-mismatch' })
    const pretending = { ...stolen, holder: presentation['holder'] }
    await expect(verifying(pretending)).rejects.toMatchObject({ code: 'holder-mismatch' })
    const forged = { ...pretending, proof: { ...(stolen['proof'] as object), verificationMethod: (presentation['proof'] as Json)['verificationMethod'] } }
    await expect(verifying(forged)).rejects.toMatchObject({ code: 'holder-signature' })
  })

  it('whose proof was moved to another nonce or site', async () => {
    for (const change of [{ challenge: 'nonce-of-another-visitor' }, { domain: 'https://elsewhere.example' }]) {
      const moved = { ...presentation, proof: { ...(presentation['proof'] as object), ...change } }
      await expect(verifying(moved, { nonce: change.challenge ?? asked.nonce, audience: change.domain ?? asked.audience })).rejects.toMatchObject({
        code: 'holder-signature',
      })
    }
  })

  it('of a credential that was changed', async () => {
    const changed = { ...credential, validUntil: '2027-12-14T00:00:00Z' }
    await expect(verifying(await present(changed))).rejects.toMatchObject({ code: 'issuer-signature' })
  })

  it('of a credential that the status key, or nobody, signed', async () => {
    const { proof, ...unsigned } = credential
    const documentLoader = createDocumentLoader({ issuer: testIssuer })
    const byStatusKey = await withDataIntegrityProof({ signer: keys.dataIntegritySigners.status, documentLoader, created: '2026-11-16T00:00:00Z' }, unsigned)
    await expect(verifying(await present(byStatusKey))).rejects.toMatchObject({ code: 'wrong-key-use' })
    await expect(verifying(await present(unsigned))).rejects.toMatchObject({ code: 'wrong-shape' })
  })

  it('by a key that is compromised, and accepted by one that is retired', async () => {
    const withState = (state: string) => ({ ...keys.trust, keys: keys.trust.keys.map((key) => (key.use === 'credential' ? { ...key, state } : key)) })
    await expect(verifying(presentation, {}, { trust: withState('compromised') })).rejects.toMatchObject({ code: 'wrong-key-use' })
    await expect(verifying(presentation, {}, { trust: withState('retired') })).resolves.toBeDefined()
  })

  it.each([
    ['a key that begins tomorrow', 'credential', { notBeforeSeconds: start + 86_400 }, 'key-outside-life'],
    ['a key that ended before the credential’s week', 'credential', { state: 'retired', notAfterSeconds: 1_794_787_199 }, 'key-outside-life'],
    ['a list of a key that ended before it', 'status', { state: 'retired', notAfterSeconds: start - 60 }, 'status-signature'],
    ['a list of a key that begins tomorrow', 'status', { state: 'next', notBeforeSeconds: start + 86_400 }, 'status-signature'],
  ] as const)('by %s', async (_name, of, life, code) => {
    const trust = { ...keys.trust, keys: keys.trust.keys.map((key) => (key.use === of ? { ...key, ...life } : key)) }
    await expect(verifying(presentation, {}, { trust })).rejects.toMatchObject({ code })
  })

  it('by a key that ended since, and was in use in that week: accepted', async () => {
    const ended = { state: 'retired', notAfterSeconds: start - 60 } as const
    const trust = { ...keys.trust, keys: keys.trust.keys.map((key) => (key.use === 'credential' ? { ...key, ...ended } : key)) }
    await expect(verifying(presentation, {}, { trust })).resolves.toBeDefined()
  })

  it('before its time and after it', async () => {
    await expect(verifying(presentation, {}, { nowSeconds: 1_794_787_199 })).rejects.toMatchObject({ code: 'not-yet-valid' })
    await expect(verifying(presentation, {}, { nowSeconds: 1_797_206_400 })).rejects.toMatchObject({ code: 'expired' })
  })

  it('by a live verifier when it is of the test environment', async () => {
    await expect(verifying(presentation, {}, { trust: { ...keys.trust, environment: 'production' } })).rejects.toMatchObject({ code: 'wrong-environment' })
  })

  it('of another authority', async () => {
    await expect(verifying(presentation, {}, { trust: { ...keys.trust, issuer: 'https://elsewhere.example' } })).rejects.toMatchObject({
      code: 'unknown-issuer',
    })
  })

  it.each([
    ['a bare credential', () => credential],
    ['nothing', () => undefined],
    ['a text', () => 'eyJ'],
    ['two credentials', () => ({ ...presentation, verifiableCredential: [credential, credential] })],
    ['an unknown member', () => ({ ...presentation, name: 'UTOPIA SPECIMEN' })],
    ['another context', () => ({ ...presentation, '@context': ['https://www.w3.org/ns/credentials/v2', { name: 'https://x.example/' }] })],
    ['a set of proofs', () => ({ ...presentation, proof: [presentation['proof']] })],
    ['a proof that names its own expiry', () => ({ ...presentation, proof: { ...(presentation['proof'] as object), expires: '2027-01-01T00:00:00Z' } })],
  ])('if it is or has %s', async (_name, made) => {
    await expect(verifying(made())).rejects.toMatchObject({ code: 'wrong-shape' })
  })
})

describe('the JSON-LD context', () => {
  it('is the published file', () => {
    expect(JSON.parse(readFileSync('schemas/contexts/identified-v1.json', 'utf8'))).toEqual(identifiedContext)
  })

  it('explains every term of both forms: a term that it does not explain cannot be signed', async () => {
    const { proof, ...unsigned } = credential
    const documentLoader = createDocumentLoader({ issuer: testIssuer })
    const sign = (payload: object) =>
      withDataIntegrityProof({ signer: keys.dataIntegritySigners.credential, documentLoader, created: '2026-11-16T00:00:00Z' }, payload)
    const jwtForm = { ...unsigned, iss: keys.did, iat: 1, exp: 2, status: { status_list: { idx: 1, uri: 'x' } }, cnf: { jwk: holder.publicJwk } }
    await expect(sign(jwtForm)).resolves.toHaveProperty('proof')
    await expect(sign({ ...unsigned, nickname: 'UTOPIA SPECIMEN' })).rejects.toThrow(/[Ss]afe mode/)
    await expect(signCredential({ issuer: testIssuer, keys }, 'data-integrity', { ...unsigned, name: 'UTOPIA SPECIMEN' })).rejects.toMatchObject({
      code: 'payload-refused',
    })
  })

  it('is the only thing that the loader gives besides what it was told: no URL leads to the network', async () => {
    const load = createDocumentLoader({ issuer: testIssuer })
    await expect(load('https://elsewhere.example/context')).rejects.toThrow()
    await expect(load(`${testIssuer}/contexts/identified/v2`)).rejects.toThrow()
    await expect(load('did:key:z6MkNotAKey')).rejects.toThrow()
    await expect(load(`${String(presentation['holder'])}#other`)).rejects.toThrow()
    await expect(load(`${testIssuer}/contexts/identified/v1`)).resolves.toMatchObject({ document: identifiedContext })
  })
})
