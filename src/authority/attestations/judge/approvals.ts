import type { DecisionRecord, RosterEntry, TrustFile } from '../../../shared/contract/types.ts'
import { canonicalJson } from '../../../shared/canonical-json.ts'
import { assertEvidenceComplete, policyOf } from '../../../shared/policy.ts'
import type { RosterState } from '../../../shared/roster.ts'
import { assertTagsComplete } from '../../../shared/tags.ts'
import { webauthnScope } from '../../../shared/trust.ts'
import { assertSignedBy } from '../../../shared/verify-assertion.ts'
import type { GenuineConsent } from './consents.ts'
import { type Decision, type IntentOf, loggedStatement, need, needFrame } from './decision.ts'

type Verdict = DecisionRecord['verdicts'][number]

/**
 * Four eyes: two different reviewers of the panel approved the same evidence, each after opening it under a consent that names them, with equal tags.
 */
export async function assertAgreedApprovals(
  decision: Decision,
  trust: TrustFile,
  rosters: readonly RosterState[],
  consents: readonly GenuineConsent[],
  intentOf: IntentOf,
): Promise<void> {
  need(decision.verdicts.length === 2, 'There must be two agreeing verdicts.')
  for (const verdict of decision.verdicts) await assertApproval(decision, trust, rosters, consents, intentOf, verdict)
  const [first, second] = decision.verdicts.map(({ statement }) => statement)
  need(first?.reviewer !== second?.reviewer, 'Both verdicts are by one reviewer.')
  const accounts = decision.verdicts.map(({ statement }) => entryOf(rosters.at(-1), statement.reviewer).account)
  need(new Set([...accounts, decision.account]).size === 3, 'A reviewer judged twice, or their own case.')
  const times = decision.verdicts.map(({ statement }) => intentOf(statement.id).entry.atSeconds)
  need(decision.decidedAtSeconds === Math.max(...times), 'The decision has another time than its last verdict.')
  const tags = canonicalJson(decision.tags)
  need(
    decision.verdicts.every(({ statement }) => canonicalJson(statement.tags) === tags),
    'The verdicts name different tags.',
  )
}

async function assertApproval(
  decision: Decision,
  trust: TrustFile,
  rosters: readonly RosterState[],
  consents: readonly GenuineConsent[],
  intentOf: IntentOf,
  signed: Verdict,
): Promise<void> {
  const { statement } = signed
  const entry = entryOf(rosters.at(-1), statement.reviewer)
  needFrame(decision, statement, decision.case, decision.round)
  await assertSignedBy(webauthnScope(trust), entry.passkey, signed)
  const verdict = loggedStatement(intentOf, signed, 'verdict')
  const isInOffice = entry.notBeforeSeconds <= verdict.entry.atSeconds && verdict.entry.atSeconds < entry.notAfterSeconds
  need(isInOffice && statement.verdict === 'approve', 'A verdict is not an approval by a reviewer in office.')
  const opening = intentOf(statement.opening)
  const consent = consents.find(
    ({ statement: given, index }) => index < opening.index && given.evidenceHash === statement.evidenceHash && isNamed(given, entry),
  )
  need(consent !== undefined && consent.statement.evidence.round === decision.round, 'No consent opened the evidence to a reviewer.')
  const opened = opening.entry.detail as { readonly reviewer?: unknown; readonly evidenceHash?: unknown }
  const { deadlineSeconds } = consent.statement
  need(opening.entry.atSeconds <= deadlineSeconds && verdict.entry.atSeconds <= deadlineSeconds, 'A consent was over before its reviewer was done.')
  const isOpenedBefore = opening.entry.act === 'opening' && opening.entry.subject === decision.case && opening.index < verdict.index
  need(
    isOpenedBefore && opened.reviewer === entry.reviewer && opened.evidenceHash === statement.evidenceHash,
    'A reviewer did not open the evidence before judging it.',
  )
  const policy = policyOf(decision.policy)
  need(
    policy.checklist.every(({ id }) => statement.checklist.includes(id)),
    'A checklist is incomplete.',
  )
  assertEvidenceComplete(policy, consent.statement.evidence.files)
  const livingKeys = trust.keys.filter((key) => key.use === 'oprf' && key.state !== 'next' && key.notBeforeSeconds <= verdict.entry.atSeconds)
  assertTagsComplete(consent.statement.evidence.files, statement.tags, livingKeys.map(({ kid }) => kid.slice(kid.indexOf('#') + 1))) // prettier-ignore
}

function isNamed({ panel }: GenuineConsent['statement'], entry: RosterEntry): boolean {
  return panel.some(({ reviewer }) => reviewer === entry.reviewer)
}

function entryOf(roster: RosterState | undefined, reviewer: string): RosterEntry {
  const entry = roster?.entries.find((known) => known.reviewer === reviewer)
  need(entry !== undefined, 'A verdict is not by a reviewer of the roster.')
  return entry
}
