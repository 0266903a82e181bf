import type { CasePage, CaseRecord, CaseReply } from '../../shared/contract/types.ts'
import { AuthorityError } from '../../shared/errors.ts'
import type { Cursor } from '../../storage/collection.ts'
import type { CasesDeps } from './deps.ts'
import { findOwnCase, offeredReviewer } from './find-case.ts'

/**
 * A case as its person sees it. While a round is open it is the same with no, one or two verdicts.
 * Openings are shown: who opened one's documents, and when, is the person's to know.
 */
export async function caseReply({ audit }: Pick<CasesDeps, 'audit'>, found: CaseRecord): Promise<CaseReply> {
  const { entries, checkpoint } = await audit.prove([found.acts[0]?.index ?? -1])
  const opening = entries[0]
  if (!opening) throw new AuthorityError('log-unavailable', 'The opening of the case is not in the log.')
  const { state, purpose, policy, openedAtSeconds, deadlineSeconds, nonceHash, round, openings, outcomes } = found
  const offered = offeredReviewer(found)
  const consents = found.consents.map(({ statement: { evidence, consentHash, evidenceHash, panel } }) => ({
    round: evidence.round,
    consentHash,
    evidenceHash,
    panel,
    files: evidence.files,
  }))
  return {
    ...{ case: found.id, state, purpose, policy, openedAtSeconds, deadlineSeconds, nonceHash, opening, checkpoint, round },
    ...{ consents, openings: openings.map(({ reviewer, round: openedIn, atSeconds }) => ({ reviewer, round: openedIn, atSeconds })), outcomes },
    ...(found.draw && { draw: found.draw }),
    ...(offered !== undefined && { offeredReviewer: offered }),
    ...(found.attestation && { attestation: found.attestation }),
    ...(found.purgedAtSeconds !== undefined && { purgedAtSeconds: found.purgedAtSeconds }),
  }
}

/** One case of this account. */
export async function readCase(deps: CasesDeps, account: string, caseId: string): Promise<CaseReply> {
  return caseReply(deps, await findOwnCase(deps, account, caseId))
}

/** The cases of this account, oldest first. */
export async function listCases(deps: CasesDeps, account: string, cursor: Cursor | undefined): Promise<CasePage> {
  const page = await deps.cases.page('account', [account], cursor, 20)
  return { data: await Promise.all(page.data.map((found) => caseReply(deps, found))), ...(page.next && { next: page.next }) }
}
