import type { RosterReply, RosterStatement, TrustFile } from '../../shared/contract/types.ts'
import { canonicalJson } from '../../shared/canonical-json.ts'
import type { Checkpoint } from '../../shared/checkpoint.ts'
import { AuthorityError } from '../../shared/errors.ts'
import { assertStatementLogged } from '../../shared/logged-entry.ts'
import { applyRosterStatement, emptyRoster, type RosterState, rosterHash } from '../../shared/roster.ts'
import { type Signed, statementHash } from '../../shared/statement.ts'
import { webauthnScope } from '../../shared/trust.ts'
import { assertSignedBy } from '../../shared/verify-assertion.ts'
import type { Device } from '../device.ts'
import { DeviceError } from '../device-error.ts'
import { recalled, remember } from '../device-memory.ts'
import { acceptCheckpoint } from './remembered-checkpoint.ts'

interface Seen {
  readonly sequence: number
  readonly rosterHash: string
}

const seenKey = 'roster'

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
    assertStatementLogged(proof, checkpoint, signed.statement.id, statementHash(signed.statement))
    if (proof.index <= (history.at(-1)?.logIndex ?? -1)) throw refused('The log has the roster statements in another order.')
    state = applied(trust, state, signed.statement)
    history.push({ state, logIndex: proof.index })
  }
  const isWhatWasShown =
    canonicalJson(state.entries) === canonicalJson(reply.entries) && state.sequence === reply.sequence && rosterHash(state) === reply.rosterHash
  if (!isWhatWasShown) throw refused('The roster shows a reviewer whom no operator put there.')
  return { state, history }
}

/** Fetches the roster and checks it. @throws {DeviceError} as `acceptRoster` */
export async function currentRoster(device: Pick<Device, 'api' | 'memory'>, trust: TrustFile): Promise<VerifiedRoster> {
  return acceptRoster(device, trust, await device.api.roster())
}

/**
 * Checks a roster that the authority shows, and that it goes on from the last one that this device saw: an ended reviewer must not come back.
 * @throws {AuthorityError} `statement-refused`
 * @throws {DeviceError} `log-forked`; `roster-rolled-back` if it is older than what was seen, or of another history.
 */
export async function acceptRoster(device: Pick<Device, 'api' | 'memory'>, trust: TrustFile, reply: RosterReply): Promise<VerifiedRoster> {
  const seen = await recalled<Seen>(device.memory, seenKey)
  const roster = await verifiedRoster(trust, await acceptCheckpoint(device, trust, reply.checkpoint), reply)
  if (seen !== undefined && !isContained(roster, seen))
    throw new DeviceError('roster-rolled-back', 'The authority showed an older list of reviewers than before.')
  const { sequence } = roster.state
  if (sequence !== seen?.sequence) await remember(device.memory, seenKey, { sequence, rosterHash: rosterHash(roster.state) } satisfies Seen)
  return roster
}

/** Whether the roster is the one that was seen, or was once. */
function isContained({ history }: VerifiedRoster, seen: Seen): boolean {
  const then = [emptyRoster, ...history.map(({ state }) => state)].find(({ sequence }) => sequence === seen.sequence)
  return then !== undefined && rosterHash(then) === seen.rosterHash
}

async function assertByOperator(trust: TrustFile, signed: Signed<RosterStatement>): Promise<void> {
  const operator = trust.operators.find(({ passkey }) => passkey.credentialId === signed.assertion.credentialId)
  const { issuer, environment, subject } = signed.statement
  const kind: string = signed.statement.kind
  const isOurs = kind === 'roster' && issuer === trust.issuer && environment === trust.environment && subject === 'roster'
  if (operator === undefined || !isOurs) throw refused('A roster statement is not by an operator of this authority.')
  await assertSignedBy(webauthnScope(trust), operator.passkey, signed)
}

function applied({ rosterDelaySeconds }: TrustFile, state: RosterState, statement: RosterStatement): RosterState {
  try {
    return applyRosterStatement(state, statement, rosterDelaySeconds)
  } catch {
    throw refused('A roster statement does not follow the one before it, or counts too early.')
  }
}

function refused(message: string): AuthorityError {
  return new AuthorityError('statement-refused', message)
}
