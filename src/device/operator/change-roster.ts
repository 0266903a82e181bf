import type { EnrolmentReply, RosterEntry, RosterStatement } from '../../shared/contract/types.ts'
import { rosterHash, type RosterState } from '../../shared/roster.ts'
import { derivedId } from '../../shared/ids.ts'
import { acceptRoster, currentRoster, type VerifiedRoster } from '../trust/verify-roster.ts'
import { signingDeps } from '../device.ts'
import { DeviceError } from '../device-error.ts'
import { signStatement } from '../sign-statement.ts'
import type { Desk } from './desk.ts'

const validitySeconds = 365 * 86_400

/**
 * Signs a reviewer into the roster, out of an enrolment request that the operator has checked by other means. It counts after the delay of the trust file.
 * @throws {DeviceError} `not-possible-now` if the enrolment has no request.
 * @throws {AuthorityProblem} `roster-sequence`, `stale-version`
 */
export async function addToRoster(desk: Desk, { enrolment, organisation, request }: EnrolmentReply): Promise<VerifiedRoster> {
  if (request?.reviewer !== derivedId('reviewer', enrolment)) throw new DeviceError('not-possible-now', 'Nobody has answered this invitation yet.')
  const now = desk.clock.nowSeconds()
  const notBeforeSeconds = now + desk.trust.rosterDelaySeconds
  const entry = { ...request, organisation, notBeforeSeconds, notAfterSeconds: notBeforeSeconds + validitySeconds }
  return changeRoster({ ...desk, clock: { nowSeconds: () => now } }, 'add', () => entry, enrolment)
}

/** Ends a reviewer's validity now. @throws {DeviceError} `not-possible-now` if the roster has no such reviewer. */
export async function endReviewer(desk: Desk, reviewer: string): Promise<VerifiedRoster> {
  return changeRoster(desk, 'end', ({ entries }) => {
    const entry = entries.find((each) => each.reviewer === reviewer)
    if (entry === undefined) throw new DeviceError('not-possible-now', 'The roster has no such reviewer.')
    return { ...entry, notAfterSeconds: Math.min(entry.notAfterSeconds, desk.clock.nowSeconds()) }
  })
}

/** The statement names the whole roster that it makes, over a roster that this device has checked; so an operator never signs what a server slipped in. */
async function changeRoster(desk: Desk, action: 'add' | 'end', entryIn: (state: RosterState) => RosterEntry, enrolment?: string): Promise<VerifiedRoster> {
  const { state } = await currentRoster(desk, desk.trust)
  const entry = entryIn(state)
  const sequence = state.sequence + 1
  const hash = rosterHash({ sequence, entries: [...state.entries.filter(({ reviewer }) => reviewer !== entry.reviewer), entry] })
  const content = { kind: 'roster', subject: 'roster', subjectVersion: state.sequence, action, entry, sequence, rosterHash: hash } as const
  const signed = await signStatement<RosterStatement>(signingDeps(desk, desk.trust), desk.credentialId, content)
  const reply = await desk.api.changeRoster({ signed, ...(enrolment !== undefined && { enrolment }) })
  return acceptRoster(desk, desk.trust, reply)
}
