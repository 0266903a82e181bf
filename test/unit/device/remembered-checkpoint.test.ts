import type { AuthorityApi } from '../../../src/device/api/authority-api.ts'
import { forgetfulMemory } from '../../../src/device/device-memory.ts'
import { acceptCheckpoint } from '../../../src/device/trust/remembered-checkpoint.ts'
import { newId } from '../../../src/shared/ids.ts'
import type { TrustFile } from '../../../src/shared/contract/types.ts'
import { createLog, createTrust, intent, type TestLog } from './support/log-world.ts'

const grow = (log: TestLog, count: number): void => {
  for (let entry = 0; entry < count; entry++) log.append(intent(newId('act'), 'x'))
}
let log: TestLog
let trust: TrustFile

/** A device whose server proves by `proving`. */
function deviceOf(proving: TestLog) {
  return { memory: forgetfulMemory(), api: { inclusionProof: proving.inclusionProof } as unknown as AuthorityApi }
}

beforeEach(async () => {
  log = createLog()
  grow(log, 5)
  trust = (await createTrust(log)).trust
})

describe('the last checkpoint that a device saw', () => {
  test('is followed by any later one of the same log', async () => {
    const device = deviceOf(log)
    for (const more of [0, 1, 2, 3, 7, 20]) {
      grow(log, more)
      expect((await acceptCheckpoint(device, trust, log.note())).treeSize).toBe(log.size())
    }
  })

  test('may be followed by an earlier one of the same log, which another process shows', async () => {
    const device = deviceOf(log)
    await acceptCheckpoint(device, trust, log.note())
    expect((await acceptCheckpoint(device, trust, log.note(3))).treeSize).toBe(3)
    grow(log, 4)
    await acceptCheckpoint(device, trust, log.note())
  })

  test('is not followed by a log in which history was rewritten', async () => {
    const device = deviceOf(log)
    await acceptCheckpoint(device, trust, log.note())
    const rewritten = createLog()
    grow(rewritten, 9)
    const forgedTrust = { ...trust, keys: [...trust.keys, ...(await createTrust(rewritten)).trust.keys] }
    const forged = { ...device, ...deviceOf(rewritten), memory: device.memory }
    await expect(acceptCheckpoint(forged, forgedTrust, rewritten.note())).rejects.toMatchObject({ code: 'log-forked' })
    await expect(acceptCheckpoint(forged, forgedTrust, rewritten.note(5))).rejects.toMatchObject({ code: 'log-forked' })
    await expect(acceptCheckpoint(forged, forgedTrust, rewritten.note(2))).rejects.toMatchObject({ code: 'log-forked' })
  })

  test('is nothing that another key signed', async () => {
    await expect(acceptCheckpoint(deviceOf(log), trust, createLog().note())).rejects.toMatchObject({ code: 'statement-refused' })
  })

  test('is nothing that a compromised log key signed', async () => {
    const compromised = { ...trust, keys: trust.keys.map((key) => ({ ...key, state: 'compromised' as const })) }
    await expect(acceptCheckpoint(deviceOf(log), compromised, log.note())).rejects.toMatchObject({ code: 'statement-refused' })
  })
})
