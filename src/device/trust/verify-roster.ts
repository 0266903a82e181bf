import type { RosterEntry, RosterReply, RosterStatement, TrustFile } from '../../shared/contract/types.ts'
import { canonicalJson } from '../../shared/canonical-json.ts'
import type { Checkpoint } from '../../shared/checkpoint.ts'
import { AuthorityError } from '../../shared/errors.ts'
import { assertStatementLogged } from '../../shared/logged-entry.ts'
import { applyRosterStatement, emptyRoster, type RosterState, rosterHash } from '../../shared/roster.ts'
import { type Signed, statementHash } from '../../shared/statement.ts'
import { webauthnScope } from '../../shared/trust.ts'
import { assertSignedBy } from '../../shared/verify-assertion.ts'
import type { Device } from '../device.ts'
import { acceptCheckpoint } from './remembered-checkpoint.ts'

/** A roster whose every statement was checked. */
export interface VerifiedRoster {
  readonly state: RosterState
  /** The roster after each statement, by sequence, with the index of the log entry that made it so. */
  readonly history: readonly { readonly state: RosterState; readonly logIndex: number }[]
}

/**
 * Checks a roster as the authority shows it: each statement signed by an operator of the trust file, in sequence, counting only after the delay, and in the log.
 * A reviewer who is in the list without all that is refused, however the reviewer got there.
 * @throws {AuthorityError} `statement-refused`
 */
export async function verifiedRoster(trust: TrustFile, checkpoint: Checkpoint, reply: RosterReply): Promise<VerifiedRoster> {
  let state = emptyRoster
  const history: { state: RosterState; logIndex: number }[] = []
  for (const { signed, proof } of reply.statements) {
    await assertByOperator(trust, signed)
    assertDelayed(trust, state, signed.statement)
    assertStatementLogged(proof, checkpoint, signed.statement.id, statementHash(signed.statement))
    if (proof.index <= (history.at(-1)?.logIndex ?? -1)) throw refused('The log has the roster statements in another order.')
    state = applied(state, signed.statement)
    history.push({ state, logIndex: proof.index })
  }
  const isWhatWasShown =
    canonicalJson(state.entries) === canonicalJson(reply.entries) && state.sequence === reply.sequence && rosterHash(state) === reply.rosterHash
  if (!isWhatWasShown) throw refused('The roster shows a reviewer whom no operator put there.')
  return { state, history }
}

/** Fetches the roster and checks it. */
export async function currentRoster(device: Device, trust: TrustFile): Promise<VerifiedRoster> {
  const reply = await device.api.roster()
  return verifiedRoster(trust, await acceptCheckpoint(device, trust, reply.checkpoint), reply)
}

async function assertByOperator(trust: TrustFile, signed: Signed<RosterStatement>): Promise<void> {
  const operator = trust.operators.find(({ passkey }) => passkey.credentialId === signed.assertion.credentialId)
  const { issuer, environment, subject } = signed.statement
  const kind: string = signed.statement.kind
  const isOurs = kind === 'roster' && issuer === trust.issuer && environment === trust.environment && subject === 'roster'
  if (operator === undefined || !isOurs) throw refused('A roster statement is not by an operator of this authority.')
  await assertSignedBy(webauthnScope(trust), operator.passkey, signed)
}

/** An entry may not begin to count before the delay is over, so that a wrong one can be seen and ended; ending one works at once. */
function assertDelayed(trust: TrustFile, state: RosterState, { action, entry, issuedAtSeconds }: RosterStatement): void {
  const before = state.entries.find(({ reviewer }) => reviewer === entry.reviewer)
  if (action === 'end' ? !isEnded(before, entry) : entry.notBeforeSeconds < issuedAtSeconds + trust.rosterDelaySeconds) {
    throw refused('A roster statement counts before its delay is over.')
  }
}

function isEnded(before: RosterEntry | undefined, after: RosterEntry): boolean {
  return (
    before !== undefined &&
    after.notAfterSeconds <= before.notAfterSeconds &&
    canonicalJson({ ...before, notAfterSeconds: 0 }) === canonicalJson({ ...after, notAfterSeconds: 0 })
  )
}

function applied(state: RosterState, statement: RosterStatement): RosterState {
  try {
    return applyRosterStatement(state, statement)
  } catch {
    throw refused('A roster statement does not follow the one before it.')
  }
}

function refused(message: string): AuthorityError {
  return new AuthorityError('statement-refused', message)
}
