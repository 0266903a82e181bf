import type { DecisionRecord, TrustFile } from '../../../shared/contract/types.ts'
import { consentHash, evidenceHash } from '../../../shared/evidence.ts'
import type { RosterState } from '../../../shared/roster.ts'
import { webauthnScope } from '../../../shared/trust.ts'
import { assertSignedBy, passkeyThumbprint } from '../../../shared/verify-assertion.ts'
import { type Decision, type IntentOf, loggedStatement, need, needFrame } from './decision.ts'

/** A consent that holds, and where the log has it. */
export interface GenuineConsent {
  readonly statement: DecisionRecord['consents'][number]['statement']
  readonly index: number
}

/** All consents of the case: each signed by the person, logged, following the one before, and naming the drawn panel. */
export async function genuineConsents(
  decision: Decision,
  trust: TrustFile,
  rosters: readonly RosterState[],
  intentOf: IntentOf,
): Promise<readonly GenuineConsent[]> {
  const consents: GenuineConsent[] = []
  for (const signed of decision.consents) {
    const { statement } = signed
    const passkey = decision.passkeys.find((known) => passkeyThumbprint(known) === statement.evidence.passkeyThumbprint)
    need(passkey !== undefined, 'A consent is by an unknown passkey.')
    await assertSignedBy(webauthnScope(trust), passkey, signed)
    needFrame(decision, statement, decision.case, statement.evidence.round)
    assertContent(decision, statement)
    assertFollows(consents.at(-1)?.statement, statement)
    assertPanel(decision, statement, rosters)
    consents.push({ statement, index: loggedStatement(intentOf, signed, 'consent').index })
  }
  need(consents.length > 0, 'Nobody consented.')
  return consents
}

type ConsentStatement = GenuineConsent['statement']

function assertContent({ case: caseId, account, policy, draw }: Decision, statement: ConsentStatement): void {
  const { evidence } = statement
  need(
    evidence.case === caseId && evidence.account === account && evidence.policy === policy && evidence.code === draw.code,
    'A consent is about another case.',
  )
  need(evidenceHash(evidence) === statement.evidenceHash && consentHash(statement) === statement.consentHash, 'A consent covers something else.')
}

function assertFollows(before: ConsentStatement | undefined, statement: ConsentStatement): void {
  need(statement.predecessor === (before?.consentHash ?? null), 'A consent does not follow the one before.')
  const isSameRound = before !== undefined && statement.evidence.round === before.evidence.round
  need(isSameRound || statement.evidence.round === (before?.evidence.round ?? 0) + 1, 'A round is missing.')
  need(!isSameRound || statement.evidenceHash === before.evidenceHash, 'The evidence changed within a round.')
}

/** The panel is the head of the ranking, each member with the recipient of the roster. */
function assertPanel({ draw }: Decision, { panel }: ConsentStatement, rosters: readonly RosterState[]): void {
  const drawn = draw.ranking.slice(0, panel.length)
  need(panel.length >= draw.panelSize && panel.map(({ reviewer }) => reviewer).join() === drawn.join(), 'A consent names another panel.')
  const entries = rosters.slice(draw.rosterSequence).flatMap((roster) => roster.entries)
  need(
    panel.every((member) => entries.some((entry) => entry.reviewer === member.reviewer && entry.recipient === member.recipient)),
    'A recipient is not of the roster.',
  )
}
