import { readFileSync } from 'node:fs'
import { acceptReplacement } from '../../src/device/wallet/accept-replacement.ts'
import { consent } from '../../src/device/wallet/consent.ts'
import { type ConsentTerms, dueConsent } from '../../src/device/wallet/due-consent.ts'
import { type DrawnCase, openCase } from '../../src/device/wallet/open-case.ts'
import { resubmit } from '../../src/device/wallet/resubmit.ts'
import type { Wallet } from '../../src/device/wallet/wallet.ts'
import { withdraw } from '../../src/device/wallet/withdraw.ts'
import type { CaseReply, ConsentRequest } from '../../src/shared/contract/types.ts'
import { fakeClock } from '../support/fake-clock.ts'
import { enrolReviewers, newApplicant } from '../support/people.ts'
import { codeOf } from '../support/problems.ts'
import { startTestAuthority, type TestAuthority } from '../support/test-authority.ts'

const picture = new Uint8Array(readFileSync('specimens/passport-single.png'))
const replacements = [{ type: 'passport', side: 'single', plain: picture }] as const
const clock = fakeClock()
let authority: TestAuthority
let wallet: Wallet
let drawn: DrawnCase
let terms: ConsentTerms
let sent: ConsentRequest[]

beforeAll(async () => {
  authority = await startTestAuthority({ clock })
  await enrolReviewers(authority, 6)
  wallet = await newApplicant(authority, 'who-may-open')
  drawn = await openCase(wallet, { purpose: 'identify', policy: 'identified/v1' })
  terms = await dueConsent(wallet, drawn.case.case)
}, 120_000)
afterAll(() => authority.close())
beforeEach(() => {
  sent = []
})

/** The person's wallet at an authority that shows the case in its own way, and notes what is sealed and signed for it. */
function at(lie: (honest: CaseReply) => CaseReply): Wallet {
  const reply = async (id: string): Promise<CaseReply> => lie(await wallet.api.case(id))
  const noted = async (id: string, body: ConsentRequest): Promise<CaseReply> => {
    sent.push(body)
    return reply(id)
  }
  const taken = async (_id: string, sha256: string, sealed: Uint8Array) => ({ sha256, sizeBytes: sealed.length })
  return { ...wallet, api: { ...wallet.api, case: reply, consent: noted, putCaseFile: taken } }
}

const reviewers = (members: readonly { readonly reviewer: string }[]): readonly string[] => members.map(({ reviewer }) => reviewer)
const caseId = (): string => drawn.case.case
const agreeAt = (liar: Wallet, shown = terms): Promise<string> => codeOf(consent(liar, { case: caseId(), selfie: picture, shown }))
const withPanelSize = (panelSize: number) => (honest: CaseReply): CaseReply => ({ ...honest, draw: { ...honest.draw!, panelSize } }) // prettier-ignore
const withDeadline = (deadlineSeconds: number) => (honest: CaseReply): CaseReply => ({ ...honest, deadlineSeconds }) // prettier-ignore

describe('a first consent', () => {
  test.each([2, 4, 6])('is signed to no panel of %i when three were to be drawn', async (size) => {
    expect(await agreeAt(at(withPanelSize(size)))).toBe('draw-refused')
    expect(sent).toEqual([])
  })

  test('is not signed when the deadline has moved since it was shown', async () => {
    expect(await agreeAt(at(withDeadline(terms.deadlineSeconds + 1)))).toBe('terms-refused')
    expect(sent).toEqual([])
  })

  test('is not shown and not signed for longer than thirty days', async () => {
    const deadlineSeconds = clock.nowSeconds() + 30 * 86_400 + 1
    expect(await codeOf(dueConsent(at(withDeadline(deadlineSeconds)), caseId()))).toBe('terms-refused')
    expect(await agreeAt(at(withDeadline(deadlineSeconds)), { ...terms, deadlineSeconds })).toBe('terms-refused')
    expect(sent).toEqual([])
  })

  test('is not signed when other reviewers were shown, or another key of theirs', async () => {
    const [first, ...rest] = terms.panel
    for (const panel of [rest, [...rest, first!], [{ ...first!, recipient: 'age1another' }, ...rest], drawn.draw.ranking])
      expect(
        await agreeAt(
          at((honest) => honest),
          { ...terms, panel },
        ),
      ).toBe('terms-refused')
    expect(sent).toEqual([])
  })

  test('is not signed for a case that this person has not opened: its nonce would be the authority’s', async () => {
    const other = await newApplicant(authority, 'somebody-else')
    const foreign: Wallet = { ...other, api: { ...other.api, case: (id) => wallet.api.case(id) } }
    expect(await codeOf(dueConsent(foreign, caseId()))).toBe('not-possible-now')
  })

  test('is signed to those who were shown, until then', async () => {
    expect(await agreeAt(wallet)).toBe('was done')
    const { consents } = await wallet.api.case(caseId())
    expect(reviewers(consents[0]!.panel)).toEqual(reviewers(terms.panel))
  })
})

describe('a later consent', () => {
  const asked = (state: 'resubmission-needed' | 'consent-needed', change: Partial<CaseReply> = {}) =>
    at((honest) => ({ ...honest, state, ...change, consents: change.consents ?? honest.consents }))
  const outsiders = () => drawn.draw.ranking.slice(3).map(({ reviewer, organisation, recipient }) => ({ reviewer, organisation, recipient }))

  test('is not signed after a consent that the person never signed', async () => {
    const { consents } = await wallet.api.case(caseId())
    const forged = [{ ...consents[0]!, consentHash: 'A'.repeat(43), panel: outsiders() }]
    expect(await codeOf(resubmit(asked('resubmission-needed', { consents: forged }), { case: caseId(), replacements, shown: terms }))).toBe('draw-refused')
    expect(await codeOf(dueConsent(asked('resubmission-needed', { consents: [] }), caseId()))).toBe('draw-refused')
    expect(await codeOf(dueConsent(asked('resubmission-needed', { round: 2 }), caseId()))).toBe('draw-refused')
    expect(sent).toEqual([])
  })

  test('goes to the panel that the person signed for, whomever the authority names now', async () => {
    const { consents } = await wallet.api.case(caseId())
    const liar = asked('resubmission-needed', { consents: [{ ...consents[0]!, panel: outsiders() }] })
    const shown = await dueConsent(liar, caseId())
    expect(reviewers(shown.panel)).toEqual(reviewers(terms.panel))
    await resubmit(liar, { case: caseId(), replacements, shown })
    expect(sent.map(({ wraps }) => reviewers(wraps))).toEqual([reviewers(terms.panel)])
    expect(sent[0]!.signed.statement).toMatchObject({ subjectVersion: 2, predecessor: consents[0]!.consentHash })
  })

  test('is signed to a further reviewer only if that is the next of the draw, and was shown', async () => {
    const [next, afterNext] = drawn.draw.ranking.slice(3)
    expect(await codeOf(dueConsent(asked('consent-needed', { offeredReviewer: afterNext!.reviewer }), caseId()))).toBe('draw-refused')
    expect(await codeOf(dueConsent(asked('consent-needed', { offeredReviewer: terms.panel[0]!.reviewer }), caseId()))).toBe('draw-refused')
    const honest = asked('consent-needed', { offeredReviewer: next!.reviewer })
    expect(await codeOf(acceptReplacement(honest, caseId(), terms))).toBe('terms-refused')
    expect(sent).toEqual([])
    await acceptReplacement(honest, caseId(), await dueConsent(honest, caseId()))
    expect(reviewers(sent[0]!.wraps)).toEqual(reviewers([...terms.panel, next!]))
  })

  test('cannot be asked for by showing an ended case as a live one', async () => {
    await withdraw(wallet, caseId())
    expect(
      await codeOf(
        dueConsent(
          at((honest) => ({ ...honest, state: 'drawn', consents: [] })),
          caseId(),
        ),
      ),
    ).toBe('not-possible-now')
  })
})
