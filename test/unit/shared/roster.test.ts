import type { RosterEntry, RosterStatement } from '../../../src/shared/contract/types.ts'
import { newId } from '../../../src/shared/ids.ts'
import { applyRosterStatement, emptyRoster, rosterHash, type RosterState } from '../../../src/shared/roster.ts'

const day = 86_400
const now = 1_800_000_000

const entry = (reviewer = newId('reviewer')): RosterEntry => ({
  ...{ reviewer, account: newId('account'), organisation: 'North', passkey: { credentialId: 'AAAA', publicKey: 'AAAA' }, recipient: 'age1pq' },
  ...{ notBeforeSeconds: now + day, notAfterSeconds: now + 365 * day },
})

/** A statement that names the roster that it makes. */
function statement(state: RosterState, action: 'add' | 'end', changed: RosterEntry): RosterStatement {
  const sequence = state.sequence + 1
  const entries = [...state.entries.filter(({ reviewer }) => reviewer !== changed.reviewer), changed]
  const frame = { kind: 'roster', issuer: 'http://localhost:8080', environment: 'test', id: newId('act'), issuedAtSeconds: now, subject: 'roster' } as const
  return { ...frame, subjectVersion: state.sequence, action, entry: changed, sequence, rosterHash: rosterHash({ sequence, entries }) }
}

describe('a roster statement', () => {
  const first = entry()
  const roster = applyRosterStatement(emptyRoster, statement(emptyRoster, 'add', first), day)
  const refused = expect.objectContaining({ code: 'statement-refused' })
  const apply = (action: 'add' | 'end', changed: RosterEntry) => applyRosterStatement(roster, statement(roster, action, changed), day)

  it('adds a reviewer after the delay, and ends one at once', () => {
    expect(apply('add', entry()).entries).toHaveLength(2)
    expect(apply('end', { ...first, notAfterSeconds: now }).entries).toMatchObject([{ notAfterSeconds: now }])
  })

  it('refuses a new reviewer who would count before the delay is over', () => {
    expect(() => apply('add', { ...entry(), notBeforeSeconds: now + day - 1 })).toThrow(refused)
  })

  it('refuses to end somebody who is not on the roster: that would be adding without delay', () => {
    expect(() => apply('end', entry())).toThrow(refused)
  })

  it.each(['account', 'organisation', 'recipient'] as const)('refuses an end that changes the %s', (name) => {
    expect(() => apply('end', { ...first, notAfterSeconds: now, [name]: 'other' })).toThrow(refused)
  })

  it('refuses an end that makes a term longer, and an addition that replaces a reviewer', () => {
    expect(() => apply('end', { ...first, notAfterSeconds: first.notAfterSeconds + 1 })).toThrow(refused)
    expect(() => apply('add', { ...first, recipient: 'age1other' })).toThrow(refused)
  })

  it('refuses a statement that does not follow, or names another roster', () => {
    const second = statement(roster, 'add', entry())
    expect(() => applyRosterStatement(emptyRoster, second, day)).toThrow(expect.objectContaining({ code: 'roster-sequence' }))
    expect(() => applyRosterStatement(roster, { ...second, rosterHash: 'A'.repeat(43) }, day)).toThrow(expect.objectContaining({ code: 'roster-sequence' }))
  })
})
