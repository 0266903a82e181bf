import { toBase64url } from '../../../shared/base64url.ts'
import type { Checkpoint } from '../../../shared/checkpoint.ts'
import type { TrustFile } from '../../../shared/contract/types.ts'
import { derivedId } from '../../../shared/ids.ts'
import { caseCode, caseNonceHash, drawSeed, eligibleReviewers, panelSize, rankReviewers, smallestPanel } from '../../../shared/panel-draw.ts'
import { applyRosterStatement, emptyRoster, rosterHash, type RosterState } from '../../../shared/roster.ts'
import { rootAtEntry } from '../../../shared/tree-consistency.ts'
import { webauthnScope } from '../../../shared/trust.ts'
import { assertSignedBy } from '../../../shared/verify-assertion.ts'
import { type Decision, type IntentOf, loggedStatement, need, needFrame } from './decision.ts'

/** The roster at each of its sequences, from none to the last; each step is an operator's signed and logged statement. */
export async function genuineRosters(decision: Decision, trust: TrustFile, intentOf: IntentOf): Promise<readonly RosterState[]> {
  const rosters = [emptyRoster]
  for (const signed of decision.rosterStatements) {
    const { statement, assertion } = signed
    const operator = trust.operators.find(({ passkey }) => passkey.credentialId === assertion.credentialId)
    need(operator !== undefined, 'A roster statement is not by an operator.')
    await assertSignedBy(webauthnScope(trust), operator.passkey, signed)
    needFrame(decision, statement, 'roster', rosters.length - 1)
    loggedStatement(intentOf, signed, 'roster')
    rosters.push(applyRosterStatement(rosters.at(-1) ?? emptyRoster, statement, trust.rosterDelaySeconds))
  }
  return rosters
}

/** The draw follows from what the opening committed to, and from nothing else. */
export function assertDraw(decision: Decision, rosters: readonly RosterState[], intentOf: IntentOf, checkpoint: Checkpoint): void {
  const { case: caseId, account, nonceHash, draw, policy, purpose } = decision
  const roster = rosters[draw.rosterSequence]
  need(roster !== undefined && rosterHash(roster) === draw.rosterHash, 'The draw used another roster.')
  const { index, entry } = intentOf(derivedId('act', caseId, 'open'))
  const committed = { account, nonceHash, purpose, policy, rosterSequence: draw.rosterSequence, rosterHash: draw.rosterHash }
  const detail = entry.detail as Readonly<Record<string, unknown>>
  const isCommitted = Object.entries(committed).every(([name, value]) => detail[name] === value)
  need(isCommitted && entry.subject === caseId && entry.act === 'case', 'The opening committed to something else.')
  need(caseNonceHash(draw.nonce) === nonceHash && draw.treeSize === index + 1, 'The draw does not follow from the opening.')
  const opening = decision.entries.find((proven) => proven.index === index)
  const root = opening && rootAtEntry(opening, checkpoint.treeSize)
  need(root !== undefined && toBase64url(root) === draw.rootHash, 'The draw was not made from the log as it was.')
  const seed = drawSeed({ case: caseId, nonce: draw.nonce, rosterHash: draw.rosterHash, treeSize: draw.treeSize, rootHash: draw.rootHash })
  const ranking = rankReviewers(seed, eligibleReviewers(roster.entries, account, entry.atSeconds))
  need(ranking.length >= smallestPanel && draw.panelSize === Math.min(panelSize, ranking.length), 'The panel has another size.')
  need(ranking.join() === draw.ranking.join() && caseCode(seed) === draw.code, 'The draw gives another panel or code.')
}
