import { createApiClient } from '../../../src/device/api/api-client.ts'
import { verifyLog } from '../../../src/cli/audit/verify-log.ts'
import { newPerson, openOperatorsDesk } from '../../support/people.ts'
import { startTestAuthority, type TestAuthority } from '../../support/test-authority.ts'

let authority: TestAuthority

beforeAll(async () => {
  authority = await startTestAuthority()
  await openOperatorsDesk(authority)
})
afterAll(() => authority.close())

const faults = async (checkpoint?: string) => (await verifyLog(authority.features, checkpoint)).faults
const checkpoint = async () => (await createApiClient({ issuer: authority.issuer }).send({ method: 'GET', path: '/log/checkpoint' })).text()

describe('audit verify', () => {
  test('finds nothing wrong with a log in which nothing has been written', async () => {
    expect(await verifyLog(authority.features)).toMatchObject({ entries: 0, faults: [] })
  })

  test('finds nothing wrong with what acts have made', async () => {
    await newPerson(authority)
    const report = await verifyLog(authority.features)
    expect(report).toMatchObject({ faults: [], voids: 0, documents: 1, inForce: 2 })
  })

  test('holds the log to a checkpoint kept elsewhere', async () => {
    await newPerson(authority)
    const kept = await checkpoint()
    await newPerson(authority)
    expect(await faults(kept)).toEqual([])
    expect(await faults(kept.replace(/\n\d+\n/, '\n1\n'))).toEqual([expect.stringContaining('not signed')])
  })

  test('sees a document that was changed without an act', async () => {
    const { key } = await newPerson(authority)
    const { accounts } = authority.features
    const found = (await accounts.get(key.account))!
    const changed = await accounts.replace({ ...found, passkeys: found.passkeys.slice(0, 1) })
    expect(await faults()).toEqual([expect.stringContaining('changed without an act')])
    await accounts.replace({ ...found, version: changed.version })
    expect(await faults()).toEqual([])
  })

  test('sees a document that lists another act than the log has', async () => {
    const { key } = await newPerson(authority)
    const { accounts } = authority.features
    const found = (await accounts.get(key.account))!
    const acts = [{ ...found.acts[0]!, id: 'act_forged' }, ...found.acts.slice(1)]
    const changed = await accounts.replace({ ...found, acts })
    expect(await faults()).toEqual([expect.stringContaining('lists another act')])
    await accounts.replace({ ...found, version: changed.version })
  })

  test('sees an entry that was changed under its leaf', async () => {
    const { audit } = authority.features
    const tampered = {
      ...audit,
      rootHash: (size: number) => audit.rootHash(size),
      async *entriesFrom(index: number) {
        for await (const logged of audit.entriesFrom(index)) yield logged.index === 0 ? { ...logged, entry: { ...logged.entry, atSeconds: 1 } } : logged
      },
    }
    expect((await verifyLog({ ...authority.features, audit: tampered })).faults).toContainEqual(expect.stringContaining('an entry was changed'))
  })

  test('sees an intent that is neither in force nor void, once it has had time', async () => {
    const { audit } = authority.features
    await audit.append({ act: 'account', actId: 'act_lost', collection: 'accounts', subject: 'account_lost', subjectVersion: 1, document: {}, detail: {} })
    expect(await faults()).toEqual([])
    const later = { nowSeconds: () => Math.floor(Date.now() / 1000) + 3600 }
    const { faults: found } = await verifyLog({ ...authority.features, clock: later })
    expect(found).toEqual([expect.stringContaining('neither listed by its document nor void')])
  })
})
