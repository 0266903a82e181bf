import type { TrustFile } from '../../../shared/contract/types.ts'
import { AuthorityError } from '../../../shared/errors.ts'
import { checkpointSignedByLog } from '../../../shared/trust.ts'
import { assertAgreedApprovals } from './approvals.ts'
import { genuineConsents } from './consents.ts'
import { type Decision, need, provenIntents, refusal } from './decision.ts'
import { assertDraw, genuineRosters } from './roster-and-draw.ts'

/**
 * Decides whether the evidence justifies an attestation: trust file, log, roster, draw, consents, openings, two verdicts, policy and tags all have to agree.
 * It believes nothing that the store says: each signature, hash and log proof is checked anew. The attesting duty, the signer and the auditor use it alike.
 * @param trust verified trust file of the authority, the only thing taken for granted.
 * @throws {AuthorityError} `not-attestable`, saying which step does not hold.
 * @see docs/protocol/judge.md
 */
export async function judge(decision: Decision, trust: TrustFile): Promise<void> {
  await step('authority', () => assertSameAuthority(decision, trust))
  const checkpoint = await step('checkpoint', () => checkpointSignedByLog(trust, decision.checkpoint))
  const intentOf = await step('log', () => provenIntents(decision, checkpoint))
  const rosters = await step('roster', () => genuineRosters(decision, trust, intentOf))
  await step('draw', () => assertDraw(decision, rosters, intentOf, checkpoint))
  const consents = await step('consent', () => genuineConsents(decision, trust, rosters, intentOf))
  await step('verdicts', () => assertAgreedApprovals(decision, trust, rosters, consents, intentOf))
}

/** Runs a step, and says which one refused. */
async function step<R>(name: string, check: () => R | Promise<R>): Promise<R> {
  try {
    return await check()
  } catch (error) {
    if (!(error instanceof AuthorityError)) throw refusal(`The ${name} cannot be judged.`)
    throw refusal(`The ${name} does not hold: ${error.message}`)
  }
}

function assertSameAuthority({ issuer, environment }: Decision, trust: TrustFile): void {
  need(issuer === trust.issuer && environment === trust.environment, 'It is of another authority.')
}
