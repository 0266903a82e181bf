import { compactVerify, createLocalJWKSet, decodeJwt } from 'jose'
import { authorityFromBundle, verifyAttestation } from '../../../../sdk/src/index.ts'
import { issueBatch } from '../../../../src/authority/credentials/index.ts'
import type { Keys } from '../../../../src/authority/keys/index.ts'
import { trustBundle } from '../../../../src/authority/relying-parties/index.ts'
import { createStatusLists } from '../../../../src/authority/status/index.ts'
import { presentationOf } from '../../../../src/device/wallet/present.ts'
import type { SignedTrustFile } from '../../../../src/shared/contract/types.ts'
import { verifiedTrust } from '../../../../src/shared/trust.ts'
import type { DocumentStore } from '../../../../src/storage/collection.ts'
import { newTestKey, openIssuance } from '../../../support/issuance.ts'
import { openMemoryStore } from '../../../support/memory-store.ts'
import { openTestKeys, testIssuer } from '../../../support/test-keys.ts'

const start = 1_795_262_400
const asked = { audience: 'https://ico.example', nonce: 'nonce-of-one-visitor' }
let keys: Keys
let store: DocumentStore
let given: Awaited<ReturnType<typeof openIssuance>>

beforeAll(async () => {
  keys = await openTestKeys(start)
})
beforeEach(async () => {
  store = openMemoryStore()
  given = await openIssuance(store, keys, start)
})
afterEach(() => store.close())

function bundle(): Promise<string> {
  const { clock, audit, attestations } = given.deps
  const statusChanges = {
    async *notValid() {
      yield (await attestations.get(given.attestationId))!
    },
  }
  const statusLists = createStatusLists({ ...given.deps, counterBlocks: given.blocks, statusChanges })
  return trustBundle({ issuer: testIssuer, clock, keys, statusLists, checkpoint: () => audit.checkpoint() })
}

async function presentation(): Promise<string> {
  const holder = await newTestKey('ES256')
  const requestJws = await given.request({ holders: [holder] })
  const { credentials } = await issueBatch(given.deps, { accountId: given.accountId, attestationId: given.attestationId, requestJws })
  return presentationOf(
    { attestation: given.attestationId, format: 'vc+jwt', credential: credentials[0] as string, holderKey: holder.privateJwk as never },
    asked,
    start,
  )
}

describe('the trust bundle', () => {
  it('is signed by the bundle key and has exactly the members of the format', async () => {
    await presentation()
    const { payload, protectedHeader } = await compactVerify(await bundle(), createLocalJWKSet(keys.jwks as never))
    const { trust, statusLists, checkpoint, ...rest } = JSON.parse(new TextDecoder().decode(payload)) as {
      trust: SignedTrustFile
      statusLists: object
      checkpoint: string
    }
    expect(protectedHeader).toEqual({ alg: 'ES256', typ: 'vouchsafe-bundle+jwt', kid: `${keys.did}#bundle-1` })
    expect(rest).toEqual({ iss: keys.did, iat: start, exp: start + 86_400, sequence: 2 })
    expect(Object.keys(statusLists)).toEqual(Array.from({ length: 8 }, (_, list) => `${testIssuer}/status/tsl/${String(list)}`))
    expect(checkpoint).toMatch(/^localhost:8080\/log\n1\n/)
    await expect(verifiedTrust(trust, { issuer: testIssuer, rootThumbprint: keys.rootThumbprint, nowSeconds: start })).resolves.toBeDefined()
  })

  it('has a sequence that rises with the log and never falls', async () => {
    const sequenceOf = async (): Promise<unknown> => decodeJwt(await bundle())['sequence']
    const before = await sequenceOf()
    await presentation()
    given.setNow(start - 1000)
    expect([before, await sequenceOf()]).toEqual([1, 2])
  })

  it('is refused while the log’s checkpoint is not the log’s', async () => {
    const statusLists = createStatusLists({ ...given.deps, counterBlocks: given.blocks, statusChanges: { async *notValid() {} } })
    const forged = trustBundle({
      issuer: testIssuer,
      clock: given.deps.clock,
      keys,
      statusLists,
      checkpoint: () => Promise.resolve('localhost:8080/log\n999\nAAAA\n'),
    })
    await expect(forged).rejects.toMatchObject({ code: 'statement-refused' })
  })

  it('is all that the relying party’s library needs: valid before the revocation, revoked after it', async () => {
    const presented = await presentation()
    const verified = async () => {
      const authority = await authorityFromBundle({ bundle: await bundle(), issuer: testIssuer, rootThumbprint: keys.rootThumbprint, nowSeconds: start })
      return verifyAttestation(presented, {
        authority,
        ...asked,
        requiredPolicy: 'identified/v1',
        environment: 'test',
        maxStatusAgeSeconds: 300,
        nowSeconds: start,
      })
    }
    await expect(verified()).resolves.toBeDefined()
    await given.change({ state: 'revoked' })
    await expect(verified()).rejects.toMatchObject({ code: 'revoked' })
    await given.change({ state: 'suspended' })
    await expect(verified()).rejects.toMatchObject({ code: 'suspended' })
  })
})
