import type { OpeningReply, Reason, Tag, VerdictKind, VerdictReply, VerdictStatement } from '../../shared/contract/types.ts'
import { signingDeps } from '../device.ts'
import { signStatement } from '../sign-statement.ts'
import type { Console } from './console.ts'

/** A reviewer's judgement of an opened case. */
export interface Judgement {
  readonly verdict: VerdictKind
  /** Ids of the policy's points that the reviewer has checked and found true; approval needs all. */
  readonly checklist?: readonly string[]
  /** From `evaluateTags`; approval needs one for each document number and OPRF key. */
  readonly tags?: readonly Tag[]
  /** Each bound to a file's hash; resubmission and rejection need at least one. */
  readonly reasons?: readonly Reason[]
}

/**
 * Signs a verdict with the verdict passkey, over the evidence that was opened, and gives it.
 * @throws {AuthorityProblem} `lease-required`, `verdict-already-given`, `checklist-incomplete`, `tags-required`, `reasons-required`
 */
export async function signVerdict(
  console: Console,
  opening: OpeningReply,
  { verdict, checklist = [], tags = [], reasons = [] }: Judgement,
): Promise<VerdictReply> {
  const { case: caseId, round, evidenceHash } = opening
  const { reviewer, verdictCredentialId } = console.secrets
  const signed = await signStatement<VerdictStatement>(signingDeps(console, console.trust), verdictCredentialId, {
    kind: 'verdict',
    subject: caseId,
    subjectVersion: round,
    reviewer,
    evidenceHash,
    opening: opening.opening,
    verdict,
    checklist,
    tags,
    reasons,
  })
  return console.api.giveVerdict(caseId, { signed })
}
