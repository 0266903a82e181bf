import type { CaseReply } from '../../../src/shared/contract/types.ts'
import { toBase64url } from '../../../src/shared/base64url.ts'
import { newId, randomBytes } from '../../../src/shared/ids.ts'
import { caseCode, caseNonceHash, drawSeed, rankReviewers } from '../../../src/shared/panel-draw.ts'
import { rosterHash } from '../../../src/shared/roster.ts'
import { verifiedRoster, type VerifiedRoster } from '../../../src/device/trust/verify-roster.ts'
import { verifiedDraw } from '../../../src/device/wallet/verify-draw.ts'
import { createLog, createTrust, intent, now, rosterEntry, signedRoster, type TestLog } from './support/log-world.ts'

let log: TestLog
let roster: VerifiedRoster
let reply: CaseReply & { draw: NonNullable<CaseReply['draw']> }
const account = newId('account')
const drawRefused = expect.objectContaining({ code: 'draw-refused' })

const verify = (changed: CaseReply) => verifiedDraw(changed, { account, checkpoint: log.checkpointAt(log.size()), roster })
const withDraw = (change: Partial<CaseReply['draw'] & object>): CaseReply => ({ ...reply, draw: { ...reply.draw, ...change } })

/** What an honest authority would answer, from this nonce and roster. */
function honestDraw(caseId: string, nonce: string, openingIndex: number): NonNullable<CaseReply['draw']> {
  const { state } = roster
  const input = { nonce, rosterHash: rosterHash(state), treeSize: openingIndex + 1, rootHash: toBase64url(log.checkpointAt(openingIndex + 1).rootHash) }
  const seed = drawSeed({ case: caseId, ...input })
  const ranking = rankReviewers(seed, state.entries.map(({ reviewer }) => reviewer)) // prettier-ignore
  return { ...input, rosterSequence: state.sequence, ranking, panelSize: 3, code: caseCode(seed) }
}

beforeEach(async () => {
  log = createLog()
  const { trust, operator } = await createTrust(log)
  const entries = await Promise.all(Array.from({ length: 5 }, () => rosterEntry()))
  const signed = await signedRoster(log, operator, entries.map((entry) => ({ action: 'add' as const, entry }))) // prettier-ignore
  roster = await verifiedRoster(trust, log.checkpointAt(log.size()), signed)
  const [nonce, caseId] = [toBase64url(randomBytes(32)), newId('case')]
  const openingIndex = log.append(intent(newId('act'), caseId, { nonceHash: caseNonceHash(nonce) }))
  const draw = honestDraw(caseId, nonce, openingIndex)
  log.append(intent(newId('act'), 'later'))
  reply = {
    ...{ case: caseId, state: 'drawn', purpose: 'identify', policy: 'identified/v1', openedAtSeconds: now, deadlineSeconds: now + 99, round: 0 },
    ...{ nonceHash: caseNonceHash(nonce), opening: log.prove(openingIndex), checkpoint: log.note(), draw, consents: [], openings: [], outcomes: [] },
  }
})

describe('a draw', () => {
  test('is accepted when it comes out the same here', () => {
    const { code, panel, ranking } = verify(reply)
    expect(code).toBe(reply.draw.code)
    expect(panel.map(({ reviewer }) => reviewer)).toEqual(reply.draw.ranking.slice(0, 3))
    expect(ranking).toHaveLength(5)
  })

  test('is refused with another order, code or panel size', () => {
    const swapped = [reply.draw.ranking[1]!, reply.draw.ranking[0]!, ...reply.draw.ranking.slice(2)]
    for (const change of [
      { ranking: swapped },
      { ranking: reply.draw.ranking.slice(1) },
      { code: 'AAA-AAA' },
      { panelSize: 2 },
      { panelSize: 1 },
      { panelSize: 4 },
      { panelSize: 5 },
      { panelSize: 6 },
    ]) {
      expect(() => verify(withDraw(change))).toThrow(drawRefused)
    }
  })

  test('is refused when it was made from another nonce than the one that was committed to', () => {
    const nonce = toBase64url(randomBytes(32))
    const steered = { ...reply, draw: honestDraw(reply.case, nonce, reply.opening.index) }
    expect(() => verify(steered)).toThrow(drawRefused)
    expect(() => verify({ ...steered, nonceHash: caseNonceHash(nonce) })).toThrow(drawRefused)
  })

  test('is refused when it was made from another tree', () => {
    const { nonce } = reply.draw
    const later = honestDraw(reply.case, nonce, reply.opening.index + 1)
    expect(() => verify({ ...reply, draw: later })).toThrow(drawRefused)
    expect(() => verify(withDraw({ rootHash: toBase64url(new Uint8Array(32)) }))).toThrow(drawRefused)
  })

  test('is refused when it was made from an older roster than the log has', () => {
    const older = roster.history[3]!.state
    const input = { nonce: reply.draw.nonce, rosterHash: rosterHash(older), treeSize: reply.draw.treeSize, rootHash: reply.draw.rootHash }
    const seed = drawSeed({ case: reply.case, ...input })
    const ranking = rankReviewers(seed, older.entries.map(({ reviewer }) => reviewer)) // prettier-ignore
    expect(() => verify({ ...reply, draw: { ...input, rosterSequence: older.sequence, ranking, panelSize: 3, code: caseCode(seed) } })).toThrow(drawRefused)
  })

  test('is refused when the opening is another case’s, or is not in the log', () => {
    expect(() => verify({ ...reply, case: newId('case') })).toThrow(drawRefused)
    const unlogged = { ...reply.opening, salt: toBase64url(randomBytes(32)) }
    expect(() => verify({ ...reply, opening: unlogged })).toThrow(expect.objectContaining({ code: 'statement-refused' }))
  })

  test('does not exist before the nonce is revealed', () => {
    const { draw: _draw, ...opened } = reply
    expect(() => verify(opened)).toThrow(expect.objectContaining({ code: 'not-possible-now' }))
  })

  test('leaves out the person’s own reviewer account', () => {
    const own = roster.state.entries[0]!.account
    expect(() => verifiedDraw(reply, { account: own, checkpoint: log.checkpointAt(log.size()), roster })).toThrow(drawRefused)
  })
})
