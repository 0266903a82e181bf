import type { CaseRecord, ReasonCode } from '../../shared/contract/types.ts'

/** A verdict of a round, as the case lists it. */
export type ListedVerdict = CaseRecord['verdicts'][number]

/** What a round comes to: an outcome, a wait for more verdicts, or a wait for a further reviewer. */
export type RoundResult =
  | { readonly kind: 'outcome'; readonly outcome: 'approve' | 'resubmit' | 'reject'; readonly reasons: ListedVerdict['reasons'] }
  | { readonly kind: 'open'; readonly seats: number }
  | { readonly kind: 'consent-needed' }

const outcomes = ['approve', 'resubmit', 'reject'] as const

/**
 * The verdict table (four eyes). A round ends with the first outcome that two verdicts share; approvals share one only with equal tags.
 * Three verdicts without a pair ask for resubmission. `cannot-open` only calls the next in rank.
 * @param verdicts those of one round, in the order in which they took effect; at most one a reviewer.
 * @param panelSize how many reviewers the consent of the round names.
 * @see docs/protocol/review.md, "The verdict table"
 */
export function decideRound(verdicts: readonly ListedVerdict[], panelSize: number): RoundResult {
  const judged = verdicts.filter(({ kind }) => kind !== 'cannot-open')
  for (const outcome of outcomes) {
    const pair = sharing(judged, outcome)
    if (pair) return { kind: 'outcome', outcome, reasons: outcome === 'approve' ? [] : unionOfReasons(pair) }
  }
  if (judged.length >= 3) return { kind: 'outcome', outcome: 'resubmit', reasons: unionOfReasons(judged) }
  const left = panelSize - verdicts.length
  const seats = judged.length === 0 ? 2 : 1
  return left < seats ? { kind: 'consent-needed' } : { kind: 'open', seats }
}

/** The first two verdicts that share an outcome, or undefined. */
function sharing(judged: readonly ListedVerdict[], outcome: (typeof outcomes)[number]): readonly ListedVerdict[] | undefined {
  const alike = judged.filter(({ kind }) => kind === outcome)
  if (outcome !== 'approve') return alike.length >= 2 ? alike.slice(0, 2) : undefined
  for (const first of alike) {
    const second = alike.find((other) => other !== first && other.tagsHash === first.tagsHash)
    if (second) return [first, second]
  }
  return undefined
}

function unionOfReasons(verdicts: readonly ListedVerdict[]): { readonly sha256: string; readonly code: ReasonCode }[] {
  const all = verdicts.flatMap(({ reasons }) => reasons)
  return all.filter((reason, at) => all.findIndex(({ sha256, code }) => sha256 === reason.sha256 && code === reason.code) === at)
}
