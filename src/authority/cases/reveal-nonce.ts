import { toBase64url } from '../../shared/base64url.ts'
import type { CaseRecord } from '../../shared/contract/types.ts'
import { AuthorityError } from '../../shared/errors.ts'
import { derivedId } from '../../shared/ids.ts'
import { caseCode, caseNonceHash, drawSeed, eligibleReviewers, panelSize, rankReviewers, smallestPanel } from '../../shared/panel-draw.ts'
import { applyRosterStatement, emptyRoster, rosterHash, type RosterState } from '../../shared/roster.ts'
import { act, type Draft } from '../act.ts'
import { currentRoster } from '../roster/index.ts'
import type { CasesDeps } from './deps.ts'
import { assertCaseIn, findOwnCase } from './find-case.ts'

/**
 * Draws the panel and the case's code from the revealed nonce and the tree that the opening closed. Anyone can recompute the draw, and neither side can steer one; how often an account may draw is bounded when a case is opened.
 * @throws {AuthorityError} `not-found`, `nonce-mismatch`, `case-state`, `no-panel`
 */
export async function revealNonce(
  deps: CasesDeps,
  { account, caseId, nonce }: { readonly account: string; readonly caseId: string; readonly nonce: string },
): Promise<CaseRecord> {
  const found = await findOwnCase(deps, account, caseId)
  if (caseNonceHash(nonce) !== found.nonceHash) throw new AuthorityError('nonce-mismatch', 'The nonce is not the one whose hash opened the case.')
  const roster = await rosterAt(deps, found.rosterSequence)
  const draw = drawFor(deps, found, { nonce, roster, opening: await openingOf(deps, found) })
  return act(
    deps,
    deps.cases,
    caseId,
    { kind: 'case', id: derivedId('act', caseId, 'draw'), detail: { treeSize: draw.treeSize } },
    (current): Draft<CaseRecord> => {
      assertCaseIn(current, ['opened'], deps.clock.nowSeconds())
      return { ...current, state: 'drawn', draw }
    },
  )
}

/** The roster as it stood at a sequence, folded from its statements. */
async function rosterAt(deps: CasesDeps, sequence: number): Promise<RosterState> {
  const { statements } = await currentRoster(deps)
  return statements.slice(0, sequence).reduce((state, { statement }) => applyRosterStatement(state, statement, deps.rosterDelaySeconds), emptyRoster)
}

interface DrawParts {
  readonly nonce: string
  readonly roster: RosterState
  readonly opening: { readonly index: number; readonly atSeconds: number }
}

function drawFor({ audit }: CasesDeps, found: CaseRecord, { nonce, roster, opening }: DrawParts): NonNullable<CaseRecord['draw']> {
  const treeSize = opening.index + 1
  const commitment = { case: found.id, nonce, rosterHash: rosterHash(roster), treeSize, rootHash: toBase64url(audit.rootHash(treeSize)) }
  const seed = drawSeed(commitment)
  const ranking = rankReviewers(seed, eligibleReviewers(roster.entries, found.account, opening.atSeconds))
  if (ranking.length < smallestPanel) throw new AuthorityError('no-panel', 'There are not enough reviewers at this time.')
  const { case: _case, ...rest } = commitment
  return { ...rest, rosterSequence: roster.sequence, ranking, panelSize: Math.min(panelSize, ranking.length), code: caseCode(seed) }
}

/** Where and when the log has the opening: what devices and the judge draw from too. */
async function openingOf({ audit }: CasesDeps, { acts }: CaseRecord): Promise<DrawParts['opening']> {
  const logged = await audit.entry(acts[0]?.index ?? -1)
  if (!logged) throw new AuthorityError('log-unavailable', 'The opening of the case is not in the log.')
  return { index: logged.index, atSeconds: logged.entry.atSeconds }
}
