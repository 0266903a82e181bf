import type { Console } from '../../src/device/console/console.ts'
import { evaluateTags } from '../../src/device/console/evaluate-tags.ts'
import { openCaseFiles, type PlainCase } from '../../src/device/console/open-case-files.ts'
import { type Judgement, signVerdict } from '../../src/device/console/sign-verdict.ts'
import { endReviewer } from '../../src/device/operator/change-roster.ts'
import { acceptReplacement } from '../../src/device/wallet/accept-replacement.ts'
import { dueConsent } from '../../src/device/wallet/due-consent.ts'
import { drawnCase } from '../../src/device/wallet/open-case.ts'
import { resubmit } from '../../src/device/wallet/resubmit.ts'
import type { Wallet } from '../../src/device/wallet/wallet.ts'
import type { EvaluationRequest, Tag, VerdictStatement } from '../../src/shared/contract/types.ts'
import type { DocumentKey } from '../../src/shared/document-key.ts'
import { newId } from '../../src/shared/ids.ts'
import { sortTags } from '../../src/shared/tags.ts'
import { fakeClock } from '../support/fake-clock.ts'
import { apply, approve, enrolReviewers, fullChecklist, keepSpecimens, newApplicant, newPerson, openForReview, openOperatorsDesk } from '../support/people.ts'
import { codeOf } from '../support/problems.ts'
import { signAgain } from '../support/sign-again.ts'
import { stateOf } from '../support/state-of.ts'
import { startTestAuthority, type TestAuthority } from '../support/test-authority.ts'

const clock = fakeClock()
let authority: TestAuthority
/** In rank order of the case at hand. */
let panel: readonly Console[]
let everyone: readonly Console[]
let wallet: Wallet
let caseId: string
let opened: PlainCase
let tags: readonly Tag[]

beforeAll(async () => {
  authority = await startTestAuthority({ clock })
  everyone = await enrolReviewers(authority, 4)
}, 120_000)
afterAll(() => authority.close())

/** A fresh case; `panel` is then everybody in its rank order. */
const newCase = async (seed: string): Promise<void> => {
  wallet = await newApplicant(authority, seed)
  const drawn = await apply(wallet)
  caseId = drawn.case.case
  panel = drawn.draw.ranking.map(({ reviewer }) => everyone.find(({ secrets }) => secrets.reviewer === reviewer)!)
}
const settle = (): Promise<void> => authority.features.duties.settle()
const stored = async () => (await authority.features.cases.get(caseId))!
const fileHash = (): string => opened.opening.evidence.files[0]!.sha256

describe('a verdict', () => {
  beforeAll(async () => {
    await newCase('verdict-rules')
    opened = await openForReview(panel[0]!, caseId)
    tags = await evaluateTags(panel[0]!, opened.opening, opened.plainFields.documentKeys)
  }, 60_000)

  const give = (judgement: Judgement, changes: Partial<VerdictStatement> = {}, by: Console = panel[0]!): (() => Promise<unknown>) => {
    return async () => {
      const { round, evidenceHash, opening } = opened.opening
      const { issuer, environment } = by.trust
      const { checklist = fullChecklist, tags: given = tags, reasons = [], verdict } = judgement
      const frame = {
        kind: 'verdict',
        issuer,
        environment,
        id: newId('act'),
        issuedAtSeconds: clock.nowSeconds(),
        subject: caseId,
        subjectVersion: round,
      } as const
      const statement: VerdictStatement = { ...frame, reviewer: by.secrets.reviewer, evidenceHash, opening, verdict, checklist, tags: given, reasons }
      return by.api.giveVerdict(caseId, { signed: await signAgain(by, by.secrets.verdictCredentialId, statement, changes) })
    }
  }
  const approval = { verdict: 'approve' } as const
  const tag = (): Tag => tags[0]!

  test.each<[string, string, () => () => Promise<unknown>]>([
    ['with an incomplete checklist', 'checklist-incomplete', () => give({ ...approval, checklist: fullChecklist.slice(1) })],
    ['without tags', 'tags-required', () => give({ ...approval, tags: [] })],
    ['with tags in another order', 'tags-required', () => give({ ...approval, tags: sortTags([...tags, { ...tag(), tag: 'ff'.repeat(32) }]).toReversed() })],
    ['with a tag twice', 'tags-required', () => give({ ...approval, tags: [tag(), ...tags] })],
    ['with tags of another key', 'tags-required', () => give({ ...approval, tags: tags.map((each) => ({ ...each, key: 'oprf-99' })) })],
    ['with a further tag of another key', 'tags-required', () => give({ ...approval, tags: sortTags([...tags, { ...tag(), key: 'oprf-99' }]) })],
    [
      'with a tag of a document that is not there',
      'tags-required',
      () => give({ ...approval, tags: sortTags([...tags, { ...tag(), type: 'driving-licence', tag: 'ff'.repeat(32) }]) }),
    ],
    ['that rejects without a reason', 'reasons-required', () => give({ verdict: 'reject' })],
    ['that wants files again without a reason', 'reasons-required', () => give({ verdict: 'resubmit' })],
    [
      'with a reason about a file that is not there',
      'verdict-mismatch',
      () => give({ verdict: 'reject', reasons: [{ sha256: 'a'.repeat(64), code: 'blurred' }] }),
    ],
    ['about other evidence', 'verdict-mismatch', () => give(approval, { evidenceHash: 'A'.repeat(43) })],
    ['in another reviewer’s name', 'verdict-mismatch', () => give(approval, { reviewer: panel[1]!.secrets.reviewer })],
    ['after an opening that never was', 'opening-required', () => give(approval, { opening: newId('opening') })],
    ['about another round', 'stale-version', () => give(approval, { subjectVersion: 2 })],
    ['about another case', 'statement-refused', () => give(approval, { subject: newId('case') })],
    ['of another issuer', 'statement-refused', () => give(approval, { issuer: 'https://elsewhere.example' })],
    ['of another environment', 'statement-refused', () => give(approval, { environment: 'production' })],
    ['that is old', 'statement-expired', () => give(approval, { issuedAtSeconds: clock.nowSeconds() - 601 })],
    ['by a member without a lease', 'lease-required', () => give(approval, {}, panel[1])],
    ['by a reviewer who is not on the panel', 'not-on-panel', () => give(approval, {}, panel[3])],
    [
      'signed with the passkey that signs in',
      'passkey-unknown',
      () => () => signVerdict({ ...panel[0]!, secrets: { ...panel[0]!.secrets, verdictCredentialId: ownPasskey(panel[0]!) } }, opened.opening, approval),
    ],
    ['by somebody who is no reviewer', 'role-required', () => give(approval, {}, { ...panel[0]!, api: wallet.api })],
  ])('%s is refused by %s, and nothing of it stays', async (_name, code, request) => {
    const before = await stateOf(authority)
    expect(await codeOf(request()())).toBe(code)
    expect(await stateOf(authority)).toEqual(before)
  })

  it('is refused before the opening, and after the lease has run out', async () => {
    await panel[1]!.api.claim(caseId)
    expect(await codeOf(give(approval, {}, panel[1])())).toBe('opening-required')
    expect(await codeOf(panel[1]!.api.caseFile(caseId, fileHash()))).toBe('opening-required')
    expect(await codeOf(panel[2]!.api.claim(caseId))).toBe('lease-held')
    clock.advance(1800)
    const before = await stateOf(authority)
    for (const late of [give(approval), () => panel[0]!.api.open(caseId), () => panel[0]!.api.caseFile(caseId, fileHash())])
      expect(await codeOf(late())).toBe('lease-required')
    expect(await codeOf(evaluateTags(panel[0]!, opened.opening, opened.plainFields.documentKeys))).toBe('lease-required')
    expect(await stateOf(authority)).toEqual(before)
  })

  it('needs evaluations of elements, under a key that is there, and not too many', async () => {
    await panel[0]!.api.claim(caseId)
    const key = opened.opening.oprfKeys[0]!.key
    const evaluate = (blinded: string, under = key) => codeOf(panel[0]!.api.evaluate(caseId, { evaluations: [{ key: under, blinded }] }))
    const identity = Buffer.concat([Buffer.from([0, 1]), Buffer.alloc(1)]).toString('base64url')
    for (const blinded of [
      '',
      'AAAA',
      'AAA',
      'AB',
      identity,
      'A'.repeat(400),
      Buffer.concat([Buffer.from([0, 1]), Buffer.alloc(33, 0xff)]).toString('base64url'),
    ])
      expect([blinded, await evaluate(blinded)]).toEqual([blinded, expect.stringMatching(/^(evaluation-refused|invalid-request)$/)])
    const documentKeys = Array.from({ length: 8 }, (_, at) => ({ type: 'passport', issuingState: 'UTO', number: `SPECIMEN${String(at)}` }) as const)
    const request = await blindedInput(documentKeys[0]!)
    expect(await evaluate(request, 'oprf-99')).toBe('evaluation-refused')
    const codes: string[] = []
    for (let turn = 0; turn < 4; turn++) codes.push(await codeOf(evaluateTags(panel[0]!, opened.opening, documentKeys)))
    expect(codes).toContain('evaluation-limit')
    expect(codes.filter((code) => code === 'was done').length * documentKeys.length).toBeLessThanOrEqual(24)
  }, 30_000)

  it('counts once, however often it comes, and nobody else learns of it', async () => {
    opened = await openForReview(panel[0]!, caseId)
    const visible = async () => {
      const { checkpoint, opening, openings, ...rest } = await wallet.api.case(caseId)
      return rest
    }
    const unjudged = await visible()
    const { opening, evidenceHash } = opened.opening
    const { issuer, environment } = wallet.trust
    const statement: VerdictStatement = {
      kind: 'verdict',
      issuer,
      environment,
      id: newId('act'),
      issuedAtSeconds: clock.nowSeconds(),
      subject: caseId,
      subjectVersion: 1,
      reviewer: panel[0]!.secrets.reviewer,
      evidenceHash,
      opening,
      verdict: 'approve',
      checklist: fullChecklist,
      tags,
      reasons: [],
    }
    const signed = await signAgain(panel[0]!, panel[0]!.secrets.verdictCredentialId, statement)
    const reply = await panel[0]!.api.giveVerdict(caseId, { signed })
    const before = await stateOf(authority)
    expect(await panel[0]!.api.giveVerdict(caseId, { signed })).toEqual(reply)
    expect(await codeOf(give({ verdict: 'reject', reasons: [{ sha256: fileHash(), code: 'blurred' }] })())).toBe('verdict-already-given')
    expect(await codeOf(panel[0]!.api.claim(caseId))).toBe('verdict-already-given')
    expect(await stateOf(authority)).toEqual(before)
    expect(await visible()).toEqual(unjudged)
  })
})

test('two who want a file again open a round that keeps the other files, and comes to its own end', async () => {
  await newCase('resubmission')
  opened = await openForReview(panel[0]!, caseId)
  const reasons = [{ sha256: fileHash(), code: 'blurred' }] as const
  for (const console of panel.slice(0, 2)) await signVerdict(console, (await openForReview(console, caseId)).opening, { verdict: 'resubmit', reasons })
  expect(await stored()).toMatchObject({ state: 'resubmission-needed', outcomes: [{ outcome: 'resubmit', reasons }] })
  expect(await codeOf(panel[2]!.api.claim(caseId))).toBe('case-state')
  const { type, side } = opened.opening.evidence.files[0]!
  const plain = opened.files[0]!.plain
  const before = (await stored()).consents[0]!.statement.evidence.files
  await resubmit(wallet, { case: caseId, replacements: [{ type, side, plain }], shown: await dueConsent(wallet, caseId) })
  const after = (await stored()).consents[1]!.statement.evidence.files
  expect(after.filter((file) => before.some(({ sha256 }) => sha256 === file.sha256))).toHaveLength(before.length - 1)
  for (const console of panel.slice(0, 2)) await approve(console, caseId)
  await settle()
  expect(await stored()).toMatchObject({ state: 'attested', round: 2 })
}, 60_000)

test('two who cannot open call the next in rank, who decides with the one who could', async () => {
  await newCase('replacement')
  for (const console of panel.slice(0, 2)) await signVerdict(console, (await openForReview(console, caseId)).opening, { verdict: 'cannot-open' })
  expect((await stored()).state).toBe('consent-needed')
  expect(await wallet.api.case(caseId)).toMatchObject({ state: 'consent-needed', offeredReviewer: panel[3]!.secrets.reviewer })
  expect(await codeOf(panel[2]!.api.claim(caseId))).toBe('case-state')
  expect(await codeOf(panel[3]!.api.claim(caseId))).toBe('not-on-panel')
  await acceptReplacement(wallet, caseId, await dueConsent(wallet, caseId))
  for (const console of panel.slice(2)) await approve(console, caseId)
  await settle()
  expect(await stored()).toMatchObject({ state: 'attested', round: 1 })
}, 60_000)

test('a rejection by two ends the case and removes what was sealed', async () => {
  await newCase('rejection')
  opened = await openForReview(panel[0]!, caseId)
  const reasons = [{ sha256: fileHash(), code: 'expired' }] as const
  for (const console of panel.slice(0, 2)) await signVerdict(console, (await openForReview(console, caseId)).opening, { verdict: 'reject', reasons })
  await settle()
  await settle()
  expect(await stored()).toMatchObject({ state: 'rejected', purgedAtSeconds: clock.nowSeconds() })
  expect((await stateOf(authority))['blobs']).not.toContainEqual(expect.stringContaining(caseId))
  expect(await codeOf(openCaseFiles(panel[0]!, caseId))).toBe('lease-required')
}, 60_000)

test('a reviewer who applies is never drawn, and may not judge the own case', async () => {
  // A console is its reviewer's wallet and more.
  const applicant = everyone[0]! as unknown as Wallet
  await keepSpecimens(applicant, 'own-case')
  const { case: own, draw } = await apply(applicant)
  expect(draw.ranking.map(({ reviewer }) => reviewer)).not.toContain(everyone[0]!.secrets.reviewer)
  const before = await stateOf(authority)
  expect(await codeOf(everyone[0]!.api.claim(own.case))).toBe('own-case')
  expect(await codeOf(everyone[0]!.api.open(own.case))).toBe('own-case')
  expect((await everyone[0]!.api.queue()).data.map(({ case: queued }) => queued)).not.toContain(own.case)
  expect(await stateOf(authority)).toEqual(before)
}, 60_000)

test('a reviewer whom an operator has ended can do nothing more, and counts no more', async () => {
  await newCase('ended')
  opened = await openForReview(panel[0]!, caseId)
  const ended = panel[0]!
  await endReviewer(await openOperatorsDesk(authority), ended.secrets.reviewer)
  const before = await stateOf(authority)
  const acts = [
    () => ended.api.queue(),
    () => ended.api.claim(caseId),
    () => ended.api.open(caseId),
    () => ended.api.caseFile(caseId, fileHash()),
    () => evaluateTags(ended, opened.opening, opened.plainFields.documentKeys),
    () => signVerdict(ended, opened.opening, { verdict: 'cannot-open' }),
  ]
  for (const act of acts) expect(await codeOf(act())).toBe('role-required')
  expect(await stateOf(authority)).toEqual(before)
  const drawn = await apply(await newApplicant(authority, 'after-the-end'))
  expect(drawn.draw.ranking.map(({ reviewer }) => reviewer)).not.toContain(ended.secrets.reviewer)
  // The others can still come to an end without them.
  clock.advance(1800)
  for (const console of panel.slice(1, 3)) await approve(console, caseId)
  await settle()
  expect((await drawnCase(wallet, caseId)).case.state).toBe('attested')
}, 60_000)

test('a stranger is told of no case', async () => {
  const stranger = await newPerson(authority)
  expect(await codeOf(stranger.api.queue())).toBe('role-required')
})

/** What a console sends to have one document number evaluated. */
const blindedInput = async (documentKey: DocumentKey): Promise<string> => {
  const sent: string[] = []
  const api = {
    ...panel[0]!.api,
    evaluate: (_case: string, body: EvaluationRequest) => (sent.push(body.evaluations[0]!.blinded), Promise.reject(new Error('not sent'))),
  }
  await evaluateTags({ ...panel[0]!, api }, opened.opening, [documentKey]).catch(() => undefined)
  return sent[0] ?? ''
}

const ownPasskey = (console: Console): string => (console as unknown as Wallet).credentialId
