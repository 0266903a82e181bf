import type { Console } from '../../src/device/console/console.ts'
import { evaluateTags } from '../../src/device/console/evaluate-tags.ts'
import { signVerdict } from '../../src/device/console/sign-verdict.ts'
import { withdraw } from '../../src/device/wallet/withdraw.ts'
import { isAuthorityProblem } from '../support/problems.ts'
import { apply, approve, enrolReviewers, fullChecklist, newApplicant, openForReview } from '../support/people.ts'
import { startTestAuthority, type TestAuthority } from '../support/test-authority.ts'

/** What must hold whoever is fastest; run on every store. @param storeAddress undefined for a fresh SQLite file. */
export function racesContract(storeAddress: () => string | undefined): void {
  let authority: TestAuthority
  let consoles: readonly Console[]
  beforeAll(async () => {
    const store = storeAddress()
    authority = await startTestAuthority(store === undefined ? {} : { store })
    consoles = await enrolReviewers(authority, 3)
  }, 120_000)
  afterAll(() => authority.close())

  /** Codes of the refusals; every failure must be a refusal with a code, and no server error. */
  const outcomes = async (all: readonly Promise<unknown>[]): Promise<{ readonly done: number; readonly codes: readonly string[] }> => {
    const settled = await Promise.allSettled(all)
    const refusals = settled.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []))
    for (const refusal of refusals) expect(isAuthorityProblem(refusal) && refusal.status < 500).toBe(true)
    return { done: settled.length - refusals.length, codes: [...new Set(refusals.filter(isAuthorityProblem).map(({ code }) => code))] }
  }

  it('lets two of three reviewers claim, however often and fast they ask', async () => {
    const wallet = await newApplicant(authority, `claims ${String(storeAddress())}`)
    const { case: drawn } = await apply(wallet)
    const { codes } = await outcomes(Array.from({ length: 200 }, (_, n) => consoles[n % 3]!.api.claim(drawn.case)))
    expect(codes).toEqual(['lease-held'])
    const desk = (await authority.features.caseDesks.get(drawn.case))!
    expect(new Set(desk.leases.map(({ reviewer }) => reviewer)).size).toBe(2)
    expect(desk.leases).toHaveLength(2)
  }, 120_000)

  it('gives one attestation for 200 verdicts at once, one verdict a reviewer', async () => {
    const wallet = await newApplicant(authority, `verdicts ${String(storeAddress())}`)
    const { case: drawn } = await apply(wallet)
    const opened = await Promise.all(consoles.slice(0, 2).map(async (console) => ({ console, plain: await openForReview(console, drawn.case) })))
    const judgements = await Promise.all(
      opened.map(async ({ console, plain }) => ({
        console,
        opening: plain.opening,
        tags: await evaluateTags(console, plain.opening, plain.plainFields.documentKeys),
      })),
    )
    const { done } = await outcomes(
      Array.from({ length: 200 }, (_, n) => {
        const { console, opening, tags } = judgements[n % 2]!
        return signVerdict(console, opening, { verdict: 'approve', checklist: fullChecklist, tags })
      }),
    )
    expect(done).toBe(2)
    await authority.features.duties.settle()
    expect((await authority.features.cases.get(drawn.case))!).toMatchObject({ state: 'attested', verdicts: { length: 2 }, outcomes: [{ outcome: 'approve' }] })
    expect((await wallet.api.attestations()).data).toHaveLength(1)
  }, 120_000)

  it('lets a withdrawal or the deciding verdict win, never both', async () => {
    const wallet = await newApplicant(authority, `withdrawal ${String(storeAddress())}`)
    const { case: drawn } = await apply(wallet)
    await approve(consoles[0]!, drawn.case)
    const { done } = await outcomes([approve(consoles[1]!, drawn.case), withdraw(wallet, drawn.case)])
    await authority.features.duties.settle()
    const { state } = (await authority.features.cases.get(drawn.case))!
    expect(['attested', 'withdrawn']).toContain(state)
    expect((await wallet.api.attestations()).data).toHaveLength(state === 'attested' ? 1 : 0)
    expect(done).toBeGreaterThanOrEqual(1)
  }, 120_000)

  it('makes one person of one document that two accounts send at the same time', async () => {
    const seed = `same passport ${String(storeAddress())}`
    const wallets = await Promise.all([newApplicant(authority, seed), newApplicant(authority, seed)])
    const drawn = await Promise.all(wallets.map((wallet) => apply(wallet)))
    for (const { case: one } of drawn) await Promise.all([approve(consoles[0]!, one.case), approve(consoles[1]!, one.case)])
    await authority.features.duties.settle()
    await authority.features.duties.settle()
    const states = await Promise.all(drawn.map(async ({ case: one }) => (await authority.features.cases.get(one.case))!.state))
    expect(states.toSorted()).toEqual(['attested', 'recovery-needed'])
  }, 120_000)
}
