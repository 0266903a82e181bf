import { CompactSign, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose'
import { logSegments, openLog } from '../../src/authority/audit/index.ts'
import { attestations, decisionRecords } from '../../src/authority/attestations/collections.ts'
import { counterUses, type IssueBatchDeps } from '../../src/authority/credentials/index.ts'
import type { Keys } from '../../src/authority/keys/index.ts'
import { counterBlocks, createCounters, createPlaceOf } from '../../src/authority/status/index.ts'
import { createTurns } from '../../src/authority/turns.ts'
import { publicPasskey, softwarePasskey } from '../../src/device/software-passkey.ts'
import { signStatement } from '../../src/device/sign-statement.ts'
import type { AttestationRecord, DecisionRecord, EcPublicJwk, IssuanceKeyStatement, Passkey } from '../../src/shared/contract/types.ts'
import { newId, randomBytes } from '../../src/shared/ids.ts'
import type { DocumentStore } from '../../src/storage/collection.ts'
import { testIssuer } from './test-keys.ts'

/** An extractable private key and its public half. */
export interface TestKey {
  readonly privateJwk: JWK
  readonly publicJwk: JWK
}

const hash = 'A'.repeat(43)
const scope = { rpId: 'localhost', origins: [testIssuer] }

export async function newTestKey(alg: 'ES256' | 'EdDSA'): Promise<TestKey> {
  const { privateKey } = await generateKeyPair(alg, { extractable: true, ...(alg === 'EdDSA' && { crv: 'Ed25519' }) })
  const { d, ...publicJwk } = await exportJWK(privateKey)
  return { privateJwk: { ...publicJwk, d: d! }, publicJwk }
}

/** A JWS that brings its own key; `header` overrides what an honest device writes. */
export async function ownKeyJws({ privateJwk, publicJwk }: TestKey, typ: string, payload: object, header: object = {}): Promise<string> {
  const alg = privateJwk.kty === 'EC' ? 'ES256' : 'EdDSA'
  const bytes = new TextEncoder().encode(JSON.stringify(payload))
  return new CompactSign(bytes).setProtectedHeader({ alg, typ, jwk: publicJwk, ...header }).sign(await importJWK(privateJwk, alg))
}

export interface RequestOptions {
  readonly format?: 'vc+jwt' | 'data-integrity'
  readonly jti?: string
  readonly holders: readonly TestKey[]
  readonly payload?: object
  readonly header?: object
  readonly proof?: { readonly by?: TestKey; readonly payload?: object; readonly header?: object; readonly typ?: string }
}

/** A person with one attestation, on a real store and a real log; only the evidence is taken as judged. */
export async function openIssuance(store: DocumentStore, keys: Keys, startSeconds: number) {
  let now = startSeconds
  const clock = { nowSeconds: () => now }
  const authenticator = softwarePasskey()
  await authenticator.create({ ...scope, userHandle: 'x', challenge: new Uint8Array(32), origin: testIssuer })
  const passkey: Passkey = publicPasskey(authenticator.credentials()[0]!)
  const signing = { authenticator, rpId: 'localhost', origin: testIssuer, issuer: testIssuer, environment: 'test', clock } as const
  const issuanceKey = await newTestKey('ES256')
  const id = newId('attestation')
  const authorised = await signStatement<IssuanceKeyStatement>(signing, passkey.credentialId, { kind: 'issuance-key', subject: id, subjectVersion: 1, jwk: issuanceKey.publicJwk as EcPublicJwk }) // prettier-ignore
  const ids = { account: newId('account'), person: newId('person'), case: newId('case') }
  const records = store.collection(decisionRecords)
  const attested = store.collection(attestations)
  const decisionRecord = await records.insert(decisionRecordOf(id, ids, passkey, startSeconds))
  const attestation = await attested.insert({ id, acts: [], ...ids, policy: 'identified/v1', state: 'valid', attestedAtSeconds: startSeconds, validUntilSeconds: startSeconds + 365 * 86_400, issuanceKeys: [authorised], batches: [] }) // prettier-ignore
  const audit = await openLog({ segments: store.collection(logSegments), clock, random: randomBytes, signer: keys.logSigner })
  const blocks = store.collection(counterBlocks)
  const deps: IssueBatchDeps & { readonly keys: Keys } = {
    issuer: testIssuer,
    environment: 'test',
    scope,
    clock,
    audit,
    turns: createTurns(),
    keys,
    judge: () => Promise.resolve(),
    passkeysOf: (record) => Promise.resolve(record.passkeys),
    counterUses: store.collection(counterUses),
    placeOf: createPlaceOf(keys.statusPermutationKey),
    attestations: attested,
    decisionRecords: records,
    counters: createCounters({ counterBlocks: blocks, clock }),
  }
  const request = async ({ format = 'vc+jwt', jti = newId('request'), holders, payload, header, proof = {} }: RequestOptions): Promise<string> => {
    const proofOf = (holder: TestKey) =>
      ownKeyJws(proof.by ?? holder, proof.typ ?? 'vouchsafe-holder-proof+jwt', { aud: testIssuer, nonce: jti, ...proof.payload }, proof.header)
    const content = {
      iss: id,
      aud: testIssuer,
      jti,
      iat: now,
      format,
      holderKeys: holders.map(({ publicJwk }) => publicJwk),
      proofs: await Promise.all(holders.map(proofOf)),
    }
    return ownKeyJws(issuanceKey, 'vouchsafe-issuance+jwt', { ...content, ...payload }, header)
  }
  const change = async (part: Partial<AttestationRecord>): Promise<AttestationRecord> => attested.replace({ ...(await attested.get(id))!, ...part })
  return {
    deps,
    attestation,
    decisionRecord,
    accountId: ids.account,
    attestationId: id,
    issuanceKey,
    signing,
    passkey,
    request,
    change,
    blocks,
    setNow: (seconds: number) => (now = seconds),
  }
}

/** A decision record of the right form; what it says is not judged here. */
function decisionRecordOf(
  id: string,
  ids: { account: string; person: string; case: string },
  passkey: Passkey,
  atSeconds: number,
): Omit<DecisionRecord, 'version'> {
  return {
    id,
    acts: [],
    issuer: testIssuer,
    environment: 'test',
    ...ids,
    purpose: 'identify',
    policy: 'identified/v1',
    nonceHash: hash,
    draw: { nonce: hash, rosterSequence: 1, rosterHash: hash, treeSize: 1, rootHash: hash, ranking: [], panelSize: 2, code: 'AAA-AAA' },
    round: 1,
    passkeys: [passkey],
    rosterStatements: [],
    consents: [],
    openings: [],
    verdicts: [],
    tags: [],
    checkpoint: '',
    entries: [],
    decidedAtSeconds: atSeconds,
  }
}
