import type { RosterReply, TrustFile } from '../../../src/shared/contract/types.ts'
import { acceptRoster, currentRoster, verifiedRoster } from '../../../src/device/trust/verify-roster.ts'
import type { SoftwarePasskey } from '../../../src/device/software-passkey.ts'
import { softwarePasskey } from '../../../src/device/software-passkey.ts'
import type { AuthorityApi } from '../../../src/device/api/authority-api.ts'
import { forgetfulMemory } from '../../../src/device/device-memory.ts'
import { applyRosterStatement, emptyRoster, rosterHash } from '../../../src/shared/roster.ts'
import { createLog, createTrust, now, rosterEntry, scope, signedRoster, type TestLog } from './support/log-world.ts'

let log: TestLog
let trust: TrustFile
let operator: SoftwarePasskey
const refused = expect.objectContaining({ code: 'statement-refused' })
const check = (reply: RosterReply, by = trust) => verifiedRoster(by, log.checkpointAt(log.size()), reply)

beforeEach(async () => {
  log = createLog()
  ;({ trust, operator } = await createTrust(log))
})

describe('a roster', () => {
  test('is accepted when operators signed it entry by entry and the log has each statement', async () => {
    const [first, second] = [await rosterEntry(), await rosterEntry()]
    const ended = { ...first, notAfterSeconds: now }
    const reply = await signedRoster(log, operator, [{ action: 'add', entry: first }, { action: 'add', entry: second }, { action: 'end', entry: ended }]) // prettier-ignore
    const { state, history } = await check(reply)
    expect(state.entries).toEqual([second, ended])
    expect(history.map(({ state: { sequence }, logIndex }) => [sequence, logIndex])).toEqual([[1, 0], [2, 1], [3, 2]]) // prettier-ignore
  })

  test('is refused with a reviewer who was only written into the list', async () => {
    const reply = await signedRoster(log, operator, [{ action: 'add', entry: await rosterEntry() }])
    const entries = [...reply.entries, await rosterEntry()]
    await expect(check({ ...reply, entries })).rejects.toEqual(refused)
    await expect(check({ ...reply, entries, rosterHash: rosterHash({ sequence: 1, entries }) })).rejects.toEqual(refused)
  })

  test('is refused with a reviewer whose recipient was swapped', async () => {
    const reply = await signedRoster(log, operator, [{ action: 'add', entry: await rosterEntry() }])
    const entries = [{ ...reply.entries[0]!, recipient: (await rosterEntry()).recipient }]
    await expect(check({ ...reply, entries })).rejects.toEqual(refused)
  })

  test('is refused when somebody else signed', async () => {
    const other = softwarePasskey()
    await other.create({ ...scope, userHandle: 'x', challenge: new Uint8Array(32) })
    await expect(check(await signedRoster(log, other, [{ action: 'add', entry: await rosterEntry() }]))).rejects.toEqual(refused)
  })

  test('is refused when a signed statement was changed', async () => {
    const reply = await signedRoster(log, operator, [{ action: 'add', entry: await rosterEntry() }])
    const [only] = reply.statements
    const statement = { ...only!.signed.statement, entry: await rosterEntry() }
    await expect(check({ ...reply, statements: [{ ...only!, signed: { ...only!.signed, statement } }] })).rejects.toEqual(refused)
  })

  test('is refused when a statement is not in the log', async () => {
    const reply = await signedRoster(log, operator, [{ action: 'add', entry: await rosterEntry() }])
    const elsewhere = createLog()
    const unlogged = await signedRoster(elsewhere, operator, [{ action: 'add', entry: await rosterEntry() }])
    await expect(check(unlogged)).rejects.toEqual(refused)
    await expect(check({ ...unlogged, statements: [{ ...unlogged.statements[0]!, proof: reply.statements[0]!.proof }] })).rejects.toEqual(refused)
  })

  test('is refused when a statement is left out or told twice', async () => {
    const reply = await signedRoster(log, operator, [{ action: 'add', entry: await rosterEntry() }, { action: 'add', entry: await rosterEntry() }]) // prettier-ignore
    await expect(check({ ...reply, statements: reply.statements.slice(1) })).rejects.toEqual(refused)
    await expect(check({ ...reply, statements: reply.statements.slice(0, 1) })).rejects.toEqual(refused)
    await expect(check({ ...reply, statements: [reply.statements[0]!, ...reply.statements] })).rejects.toEqual(refused)
  })

  test('is refused when a reviewer counts before the delay is over', async () => {
    const reply = await signedRoster(log, operator, [{ action: 'add', entry: await rosterEntry({ notBeforeSeconds: now + 99 }) }])
    await expect(check(reply, { ...trust, rosterDelaySeconds: 100 })).rejects.toEqual(refused)
    expect((await check(reply, { ...trust, rosterDelaySeconds: 99 })).state.sequence).toBe(1)
  })

  test('is refused when an end brings in another key without a delay', async () => {
    const entry = await rosterEntry()
    const swapped = { ...entry, recipient: (await rosterEntry()).recipient }
    await expect(check(await signedRoster(log, operator, [{ action: 'add', entry }, { action: 'end', entry: swapped }]))).rejects.toEqual(refused) // prettier-ignore
  })

  test('is refused when it is of another authority or environment', async () => {
    const reply = await signedRoster(log, operator, [{ action: 'add', entry: await rosterEntry() }])
    await expect(check(reply, { ...trust, issuer: 'http://localhost:9999' })).rejects.toEqual(refused)
    await expect(check(reply, { ...trust, environment: 'production' })).rejects.toEqual(refused)
  })
})

describe('the last roster that a device saw', () => {
  const rolledBack = expect.objectContaining({ code: 'roster-rolled-back' })
  const deviceOf = (shown: () => RosterReply) => ({
    memory: forgetfulMemory(),
    api: { roster: async () => shown(), inclusionProof: log.inclusionProof } as unknown as AuthorityApi,
  })

  /** What the authority showed before the last `count` statements. */
  function without(reply: RosterReply, count: number): RosterReply {
    const statements = reply.statements.slice(0, reply.statements.length - count)
    const state = statements.reduce((before, { signed }) => applyRosterStatement(before, signed.statement, 0), emptyRoster)
    return { ...reply, ...state, statements, rosterHash: rosterHash(state) }
  }

  test('is not followed by an older one, in which an ended reviewer would be back', async () => {
    const entry = await rosterEntry()
    const full = await signedRoster(log, operator, [{ action: 'add', entry }, { action: 'end', entry: { ...entry, notAfterSeconds: now } }]) // prettier-ignore
    let shown = without(full, 1)
    const device = deviceOf(() => shown)
    expect((await currentRoster(device, trust)).state.sequence).toBe(1)
    shown = full
    expect((await currentRoster(device, trust)).state.sequence).toBe(2)
    expect((await currentRoster(device, trust)).state.sequence).toBe(2)
    for (const count of [1, 2]) {
      shown = without(full, count)
      await expect(currentRoster(device, trust)).rejects.toEqual(rolledBack)
    }
    shown = full
    expect((await currentRoster(device, trust)).state.sequence).toBe(2)
  })

  test('is not followed by another one of the same sequence, nor by what goes on from that', async () => {
    const device = deviceOf(() => seen)
    const seen = await signedRoster(log, operator, [{ action: 'add', entry: await rosterEntry() }])
    await currentRoster(device, trust)
    const add = { action: 'add', entry: await rosterEntry() } as const
    await expect(acceptRoster(device, trust, await signedRoster(log, operator, [add]))).rejects.toEqual(rolledBack)
    const longer = await signedRoster(log, operator, [add, { action: 'add', entry: await rosterEntry() }])
    await expect(acceptRoster(device, trust, longer)).rejects.toEqual(rolledBack)
  })
})
