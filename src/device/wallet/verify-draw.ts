import type { CaseReply, RosterEntry } from '../../shared/contract/types.ts'
import { fromBase64url } from '../../shared/base64url.ts'
import { canonicalJson } from '../../shared/canonical-json.ts'
import type { Checkpoint } from '../../shared/checkpoint.ts'
import { assertLogged } from '../../shared/logged-entry.ts'
import { isSameBytes } from '../../shared/merkle.ts'
import { caseCode, caseNonceHash, drawSeed, eligibleReviewers, panelSize, rankReviewers, smallestPanel } from '../../shared/panel-draw.ts'
import { type RosterState, rosterHash } from '../../shared/roster.ts'
import { DeviceError } from '../device-error.ts'
import { rootAtEntry } from '../../shared/tree-consistency.ts'
import type { VerifiedRoster } from '../trust/verify-roster.ts'

/** A draw that was recomputed here. */
export interface VerifiedDraw {
  /** What is written by hand beside the document in the selfie. */
  readonly code: string
  /** Every reviewer who may be asked, in the order of the draw. */
  readonly ranking: readonly RosterEntry[]
  /** The first panel. */
  readonly panel: readonly RosterEntry[]
}

/**
 * Recomputes panel and code from what neither side could choose alone: our nonce, to which the logged opening committed, and the log as it was then.
 * @throws {AuthorityError} `statement-refused` if the opening is not in the log.
 * @throws {DeviceError} `draw-refused` if anything comes out differently.
 */
export function verifiedDraw(
  reply: CaseReply,
  known: { readonly account: string; readonly checkpoint: Checkpoint; readonly roster: VerifiedRoster },
): VerifiedDraw {
  const { draw, opening } = reply
  if (draw === undefined) throw new DeviceError('not-possible-now', 'No panel has been drawn for this case.')
  assertLogged(opening, known.checkpoint)
  const atSeconds = committedAtSeconds(reply, draw.nonce)
  if (draw.treeSize !== opening.index + 1 || !isRootAt(reply, known.checkpoint, draw.rootHash)) throw refused('The draw was not made from the log as it was.')
  const state = rosterAt(known.roster, opening.index)
  if (draw.rosterSequence !== state.sequence || draw.rosterHash !== rosterHash(state)) throw refused('The draw was not made from the roster as it was.')
  const seed = drawSeed({ case: reply.case, nonce: draw.nonce, rosterHash: draw.rosterHash, treeSize: draw.treeSize, rootHash: draw.rootHash })
  const ranking = rankReviewers(seed, eligibleReviewers(state.entries, known.account, atSeconds))
  if (canonicalJson(ranking) !== canonicalJson(draw.ranking) || caseCode(seed) !== draw.code)
    throw refused('The authority names another panel or code than was drawn.')
  const entries = ranking.flatMap((reviewer) => state.entries.filter((entry) => entry.reviewer === reviewer))
  return { code: draw.code, ranking: entries, panel: firstPanel(entries, draw.panelSize) }
}

/** When the log took the opening, which must commit to this case and this nonce. */
function committedAtSeconds({ case: caseId, opening: { entry }, nonceHash }: CaseReply, nonce: string): number {
  const isCommitted =
    entry.type === 'intent' && entry.subject === caseId && entry.detail['nonceHash'] === caseNonceHash(nonce) && nonceHash === caseNonceHash(nonce)
  if (!isCommitted) throw refused('The opening of this case did not commit to this nonce.')
  return entry.atSeconds
}

/** The path that proves the opening fixes the root as it was when the opening was the last entry. */
function isRootAt({ opening }: CaseReply, { treeSize }: Checkpoint, rootHash: string): boolean {
  const root = rootAtEntry(opening, treeSize)
  return root !== undefined && isSameBytes(root, fromBase64url(rootHash))
}

function rosterAt({ history }: VerifiedRoster, logIndex: number): RosterState {
  const before = history.filter((each) => each.logIndex < logIndex).at(-1)
  if (before === undefined) throw refused('There was no roster when this case was opened.')
  return before.state
}

function firstPanel(entries: readonly RosterEntry[], size: number): readonly RosterEntry[] {
  if (entries.length < smallestPanel || size !== Math.min(panelSize, entries.length)) throw refused('The panel has another size than it should have.')
  return entries.slice(0, size)
}

function refused(message: string): DeviceError {
  return new DeviceError('draw-refused', message)
}
