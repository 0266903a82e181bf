import { codeOf } from '../support/problems.ts'
import { fakeClock } from '../support/fake-clock.ts'
import { acceptReplacement } from '../../src/device/wallet/accept-replacement.ts'
import { plainDocuments, plainFieldsFile, uploadFiles } from '../../src/device/wallet/case-files.ts'
import { type DrawnCase, drawnCase, openCase } from '../../src/device/wallet/open-case.ts'
import { signConsent } from '../../src/device/wallet/sign-consent.ts'
import type { Wallet } from '../../src/device/wallet/wallet.ts'
import { withdraw } from '../../src/device/wallet/withdraw.ts'
import { readVault } from '../../src/device/vault/vault-store.ts'
import type { ConsentRequest, ConsentStatement, Evidence, WithdrawalStatement } from '../../src/shared/contract/types.ts'
import { derivedId, newId } from '../../src/shared/ids.ts'
import { caseNonceHash } from '../../src/shared/panel-draw.ts'
import { apply, enrolReviewers, newApplicant, newPerson } from '../support/people.ts'
import { consentAgain, signAgain } from '../support/sign-again.ts'
import { stateOf } from '../support/state-of.ts'
import { startTestAuthority, type TestAuthority } from '../support/test-authority.ts'

const clock = fakeClock()
let authority: TestAuthority
let wallet: Wallet
let stranger: Wallet
let drawn: DrawnCase
let good: ConsentRequest

beforeAll(async () => {
  authority = await startTestAuthority({ clock })
  await enrolReviewers(authority, 3)
  wallet = await newApplicant(authority, 'consent-rules')
  stranger = await newPerson(authority)
  drawn = await openCase(wallet, { purpose: 'identify', policy: 'identified/v1' })
  const { index } = await readVault(wallet, wallet.key)
  const plain = [...(await plainDocuments(wallet, index.documents)), plainFieldsFile(index, index.documents)]
  const files = await uploadFiles(wallet, drawn.case.case, [...plain, { type: 'selfie-with-document', side: 'single', plain: plain[0]!.plain }])
  good = await signConsent(wallet, { case: drawn.case, code: drawn.draw.code, round: 1, files, panel: drawn.draw.panel, predecessor: null })
}, 120_000)
afterAll(() => authority.close())

const caseId = (): string => drawn.case.case
const statement = (): ConsentStatement => good.signed.statement
const evidence = (changes: Partial<Evidence>): Partial<ConsentStatement> => ({ evidence: { ...statement().evidence, ...changes } })
const files = () => statement().evidence.files
const again = (changes: Partial<ConsentStatement>): Promise<ConsentRequest> => consentAgain(wallet, wallet.credentialId, good, changes)
const swapped = <T>([first, second, ...rest]: readonly T[]): T[] => [second!, first!, ...rest]
const otherHash = 'A'.repeat(43)

test.each<[string, string, () => Promise<ConsentRequest>]>([
  [
    'a smaller panel',
    'consent-mismatch',
    async () => ({ ...(await again({ panel: statement().panel.slice(0, 2), wraps: statement().wraps.slice(0, 2) })), wraps: good.wraps.slice(0, 2) }),
  ],
  [
    'the panel in another order',
    'consent-mismatch',
    async () => ({ ...(await again({ panel: swapped(statement().panel), wraps: swapped(statement().wraps) })), wraps: swapped(good.wraps) }),
  ],
  ['a reviewer with another recipient', 'consent-mismatch', () => again({ panel: statement().panel.map((member) => ({ ...member, recipient: 'age1x' })) })],
  [
    'a reviewer of another organisation',
    'consent-mismatch',
    () => again({ panel: statement().panel.map((member) => ({ ...member, organisation: 'Elsewhere' })) }),
  ],
  ['another round', 'consent-mismatch', () => again({ subjectVersion: 2, ...evidence({ round: 2 }) })],
  ['a version that is not the round', 'stale-version', () => again({ subjectVersion: 2 })],
  ['the evidence of another account', 'consent-mismatch', () => again(evidence({ account: stranger.key.account }))],
  ['the evidence of another case', 'consent-mismatch', () => again(evidence({ case: newId('case') }))],
  ['another code', 'consent-mismatch', () => again(evidence({ code: 'AAA-AAA' }))],
  ['an unknown policy', 'not-found', () => again(evidence({ policy: 'other/v1' }))],
  ['evidence that names another passkey', 'consent-mismatch', () => again(evidence({ passkeyThumbprint: otherHash }))],
  ['another hash of the evidence', 'consent-mismatch', () => again({ evidenceHash: otherHash })],
  ['another hash of the consent', 'consent-mismatch', () => again({ consentHash: otherHash })],
  ['a predecessor that is not there', 'consent-mismatch', () => again({ predecessor: otherHash })],
  [
    'wraps exchanged between reviewers',
    'consent-mismatch',
    () => Promise.resolve({ ...good, wraps: good.wraps.map(({ reviewer }, at) => ({ reviewer, sealed: swapped(good.wraps)[at]!.sealed })) }),
  ],
  ['wraps in another order', 'consent-mismatch', () => Promise.resolve({ ...good, wraps: swapped(good.wraps) })],
  ['a wrap too few', 'consent-mismatch', () => Promise.resolve({ ...good, wraps: good.wraps.slice(0, 2) })],
  ['a wrap of another content', 'consent-mismatch', () => Promise.resolve({ ...good, wraps: good.wraps.map((wrap) => ({ ...wrap, sealed: 'AAAA' })) })],
  ['a wrap that is not canonical', 'invalid-request', () => Promise.resolve({ ...good, wraps: good.wraps.map((wrap) => ({ ...wrap, sealed: 'AB' })) })],
  ['a file that was not uploaded', 'files-missing', () => again(evidence({ files: files().map((file) => ({ ...file, sha256: 'a'.repeat(64) })) }))],
  ['a file of another size', 'files-missing', () => again(evidence({ files: files().map((file) => ({ ...file, sizeBytes: file.sizeBytes + 1 })) }))],
  ['no selfie', 'evidence-incomplete', () => again(evidence({ files: files().filter(({ type }) => type !== 'selfie-with-document') }))],
  ['a document twice', 'evidence-incomplete', () => again(evidence({ files: [...files(), files()[0]!] }))],
  ['a deadline that is over', 'consent-mismatch', () => again({ deadlineSeconds: clock.nowSeconds() })],
  ['a deadline beyond thirty days', 'consent-mismatch', () => again({ deadlineSeconds: clock.nowSeconds() + 30 * 86_400 + 1 })],
  ['another issuer', 'statement-refused', () => again({ issuer: 'https://elsewhere.example' })],
  ['another environment', 'statement-refused', () => again({ environment: 'production' })],
  ['another subject', 'statement-refused', () => again({ subject: newId('case') })],
  ['an old statement', 'statement-expired', () => again({ issuedAtSeconds: clock.nowSeconds() - 601 })],
  ['a statement of the future', 'statement-expired', () => again({ issuedAtSeconds: clock.nowSeconds() + 61 })],
  ['another person’s passkey', 'passkey-unknown', () => consentAgain(stranger, stranger.credentialId, good, {})],
  [
    'the assertion of another statement',
    'statement-refused',
    async () => ({ ...good, signed: { statement: (await again({})).signed.statement, assertion: good.signed.assertion } }),
  ],
])('a consent with %s is refused by %s, and nothing of it stays', async (_name, code, request) => {
  const body = await request()
  const before = await stateOf(authority)
  expect(await codeOf(wallet.api.consent(caseId(), body))).toBe(code)
  expect(await stateOf(authority)).toEqual(before)
})

test('another person can neither consent nor withdraw', async () => {
  const withdrawal = await signAgain<WithdrawalStatement>(stranger, stranger.credentialId, {
    ...statement(),
    kind: 'withdrawal',
  } as unknown as WithdrawalStatement)
  const { kind, issuer, environment, id, issuedAtSeconds, subject, subjectVersion } = withdrawal.statement
  const signed = { statement: { kind, issuer, environment, id, issuedAtSeconds, subject, subjectVersion }, assertion: withdrawal.assertion }
  expect(await codeOf(stranger.api.consent(caseId(), good))).toBe('not-found')
  expect(await codeOf(stranger.api.withdraw(caseId(), { signed }))).toBe('not-found')
  expect(await codeOf(wallet.api.withdraw(caseId(), { signed }))).toBe('stale-version')
})

test('an idempotency key names one case, and refuses another body', async () => {
  const person = await newPerson(authority)
  const { token } = await person.api.signIn(await signInRequest(person))
  const open = async (nonce: string, key: string): Promise<{ readonly case?: string; readonly code?: string }> => {
    const body = JSON.stringify({ purpose: 'identify', policy: 'identified/v1', nonceHash: caseNonceHash(nonce) })
    const headers = { 'content-type': 'application/json', 'idempotency-key': key, authorization: `Bearer ${token ?? ''}` }
    return (await fetch(`${authority.issuer}/v1/cases`, { method: 'POST', headers, body })).json() as Promise<object>
  }
  const first = await open('A'.repeat(43), 'key')
  const before = await stateOf(authority)
  expect((await open('A'.repeat(43), 'key')).case).toBe(first.case)
  expect((await open('B'.repeat(43), 'key')).code).toBe('idempotency-key-reused')
  expect((await open('A'.repeat(43), 'other-key')).code).toBe('case-open-already')
  expect(await stateOf(authority)).toEqual(before)
  expect(await codeOf(person.api.revealNonce(first.case ?? '', 'C'.repeat(42) + 'A'))).toBe('nonce-mismatch')
  expect(await codeOf(stranger.api.revealNonce(first.case ?? '', 'A'.repeat(43)))).toBe('not-found')
})

test('the right consent takes effect once, however often it comes', async () => {
  const first = await wallet.api.consent(caseId(), good)
  const before = await stateOf(authority)
  expect(await wallet.api.consent(caseId(), good)).toMatchObject({ state: 'in-review', round: 1, consents: first.consents })
  expect(await stateOf(authority)).toEqual(before)
  expect(await codeOf(again({}).then((body) => wallet.api.consent(caseId(), body)))).toBe('case-state')
})

test('a withdrawal ends the case, comes twice as once, and removes every sealed byte and the desk', async () => {
  const signed = await signAgain<WithdrawalStatement>(wallet, wallet.credentialId, withdrawalOf(1))
  await wallet.api.withdraw(caseId(), { signed })
  await authority.features.duties.settle()
  const before = await stateOf(authority)
  expect((await wallet.api.withdraw(caseId(), { signed })).state).toBe('withdrawn')
  expect(await stateOf(authority)).toEqual(before)
  expect(before['blobs']).not.toContainEqual(expect.stringContaining(caseId()))
  expect(await authority.features.caseDesks.get(caseId())).toBeUndefined()
  expect(await authority.features.cases.get(caseId())).toMatchObject({ state: 'withdrawn', purgedAtSeconds: clock.nowSeconds() })
  expect(await codeOf(withdraw(wallet, caseId()))).toBe('case-state')
  expect(await codeOf(acceptReplacement(wallet, caseId(), { panel: drawn.draw.panel, deadlineSeconds: drawn.case.deadlineSeconds }))).toBe('not-possible-now')
})

test('a file that arrives after the case has ended does not stay', async () => {
  const { case: opened } = await openCase(wallet, { purpose: 'identify', policy: 'identified/v1' })
  const { uploadFile } = await import('../../src/authority/cases/index.ts')
  const bytes = new TextEncoder().encode('sealed bytes')
  const sha256 = Buffer.from(await crypto.subtle.digest('SHA-256', bytes)).toString('hex')
  const slowly = async function* (): AsyncGenerator<Uint8Array> {
    yield bytes.subarray(0, 6)
    await withdraw(wallet, opened.case)
    await authority.features.duties.settle()
    yield bytes.subarray(6)
  }
  expect(await codeOf(uploadFile(authority.features, wallet.key.account, opened.case, sha256, slowly()))).toBe('case-state')
  expect((await stateOf(authority))['blobs']).not.toContainEqual(expect.stringContaining(opened.case))
  expect(await authority.features.caseDesks.get(opened.case)).toBeUndefined()
})

test('a statement cannot use up the id of the authority’s own acts', async () => {
  const person = await newApplicant(authority, 'ids-used-up')
  const { case: opened } = await openCase(person, { purpose: 'identify', policy: 'identified/v1' })
  const id = derivedId('act', opened.case, 'purge')
  const signed = await signAgain<WithdrawalStatement>(person, person.credentialId, { ...withdrawalOf(0), subject: opened.case }, { id })
  await person.api.withdraw(opened.case, { signed })
  await authority.features.duties.settle()
  expect(await authority.features.cases.get(opened.case)).toMatchObject({ state: 'withdrawn', purgedAtSeconds: clock.nowSeconds() })
})

test('a case that nobody decides expires at its deadline, and its sealed bytes go', async () => {
  const { case: applied } = await apply(await newApplicant(authority, 'expiry'))
  const { deadlineSeconds } = (await authority.features.cases.get(applied.case))!
  clock.advance(deadlineSeconds - clock.nowSeconds() - 1)
  await authority.features.duties.settle()
  expect((await authority.features.cases.get(applied.case))?.state).toBe('in-review')
  clock.advance(1)
  await authority.features.duties.settle()
  await authority.features.duties.settle()
  expect(await authority.features.cases.get(applied.case)).toMatchObject({ state: 'expired', purgedAtSeconds: deadlineSeconds })
  expect((await stateOf(authority))['blobs']).not.toContainEqual(expect.stringContaining(applied.case))
  // The sessions of that time are over too.
  expect(await codeOf(drawnCase(stranger, applied.case))).toBe('sign-in-required')
})

const withdrawalOf = (round: number): WithdrawalStatement => {
  const { issuer, environment, id, subject } = statement()
  return { kind: 'withdrawal', issuer, environment, id, issuedAtSeconds: clock.nowSeconds(), subject, subjectVersion: round }
}

const signInRequest = async (person: Wallet) => {
  const { signInChallenge } = await import('../../src/shared/statement.ts')
  const { nonce } = await person.api.signInChallenge()
  const challenge = signInChallenge(authority.issuer, nonce)
  const assertion = await person.authenticator.get({ rpId: person.trust.rpId, origin: authority.issuer, challenge, credentialId: person.credentialId })
  return { principal: person.key.account, nonce, assertion, carrier: 'bearer' } as const
}
