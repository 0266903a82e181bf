import type { CaseRecord } from '../../shared/contract/types.ts'
import { AuthorityError } from '../../shared/errors.ts'
import { derivedId } from '../../shared/ids.ts'
import { findAccount } from '../accounts/index.ts'
import { drawOf } from '../cases/index.ts'
import { currentRoster } from '../roster/index.ts'
import type { AttestationsDeps } from './deps.ts'
import type { Decision } from './judge/decision.ts'

/**
 * Gathers what justifies the attestation of an approved case, from the store, for `judge` to believe or not.
 * @throws {AuthorityError} `not-attestable` if something is missing.
 */
export async function gatherDecision(deps: AttestationsDeps, found: CaseRecord, person: string): Promise<Decision> {
  const { issuer, environment, audit } = deps
  const verdicts = await approvals(deps, found)
  const roster = await currentRoster(deps)
  const { passkeys } = await findAccount(deps, found.account)
  const acts = [...roster.acts, ...found.acts]
  const wanted = [
    derivedId('act', found.id, 'open'),
    ...roster.statements.map(({ statement }) => statement.id),
    ...found.consents.map(({ statement }) => statement.id),
    ...found.openings.map(({ opening }) => opening),
    ...verdicts.map(({ statement }) => statement.id),
  ]
  const indices = wanted.flatMap((wantedId) => acts.filter(({ id }) => id === wantedId).map(({ index }) => index))
  const { entries, checkpoint } = await audit.prove(indices)
  return {
    ...{ issuer, environment, case: found.id, account: found.account, person, purpose: found.purpose, policy: found.policy, nonceHash: found.nonceHash },
    ...{ draw: drawOf(found), round: found.round, passkeys: passkeys.map(({ credentialId, publicKey }) => ({ credentialId, publicKey })) },
    ...{ rosterStatements: roster.statements, consents: found.consents, openings: found.openings, verdicts, tags: verdicts[0]?.statement.tags ?? [] },
    ...{ checkpoint, entries, decidedAtSeconds: lastVerdictAt(entries, verdicts) },
  }
}

/** The first two approvals of the round that agree, as signed documents. */
async function approvals({ verdicts }: AttestationsDeps, found: CaseRecord): Promise<Decision['verdicts']> {
  const listed = found.verdicts.filter(({ round, kind }) => round === found.round && kind === 'approve')
  const pair = listed.filter(({ tagsHash }) => listed.filter((other) => other.tagsHash === tagsHash).length >= 2).slice(0, 2)
  const records = await Promise.all(pair.map(({ verdict }) => verdicts.get(verdict)))
  const signed = records.flatMap((record) => (record ? [record.signed] : []))
  if (signed.length !== 2) throw new AuthorityError('not-attestable', 'There are no two agreeing verdicts.')
  return signed
}

/** When the decision fell: the log's time of the later of the two verdicts. */
function lastVerdictAt(entries: Decision['entries'], verdicts: Decision['verdicts']): number {
  const ids = verdicts.map(({ statement }) => statement.id)
  return Math.max(0, ...entries.flatMap(({ entry }) => (entry.type === 'intent' && ids.includes(entry.actId) ? [entry.atSeconds] : [])))
}
