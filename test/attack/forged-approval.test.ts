import { attestations } from '../../src/authority/attestations/index.ts'
import { cases } from '../../src/authority/cases/index.ts'
import { rosters } from '../../src/authority/roster/index.ts'
import { verdicts } from '../../src/authority/review/index.ts'
import { newIdentity, recipientOf } from '../../src/device/seal/age.ts'
import { publicPasskey, softwarePasskey } from '../../src/device/software-passkey.ts'
import type { Console } from '../../src/device/console/console.ts'
import { refillCredentials } from '../../src/device/wallet/refill-credentials.ts'
import { forgetfulMemory } from '../../src/device/device-memory.ts'
import { addWayIn } from '../../src/device/wallet/join.ts'
import { openCase } from '../../src/device/wallet/open-case.ts'
import type { Wallet } from '../../src/device/wallet/wallet.ts'
import type { CaseRecord } from '../../src/shared/contract/types.ts'
import { derivedId, newId } from '../../src/shared/ids.ts'
import { rosterHash } from '../../src/shared/roster.ts'
import { apply, approve, enrolReviewers, newApplicant } from '../support/people.ts'
import { startTestAuthority, type TestAuthority } from '../support/test-authority.ts'

/** Somebody who can write to the database, but has no reviewer's or operator's key, must not get a credential. */
describe('with the whole database in hand, without a reviewer’s key', () => {
  let authority: TestAuthority
  let consoles: readonly Console[]
  beforeAll(async () => {
    authority = await startTestAuthority()
    consoles = await enrolReviewers(authority, 3)
  }, 120_000)
  afterAll(() => authority.close())

  const edit = async (caseId: string, change: (found: CaseRecord) => Partial<CaseRecord>): Promise<void> => {
    const collection = authority.store.collection(cases)
    const found = (await collection.get(caseId))!
    await collection.replace({ ...found, ...change(found) })
    await authority.features.duties.settle()
  }

  const nothingCameOfIt = async (wallet: Wallet, caseId: string): Promise<void> => {
    expect(await wallet.api.case(caseId)).toMatchObject({ state: 'refused' })
    expect((await wallet.api.attestations()).data).toEqual([])
  }

  it('a state that says approved gives nothing', async () => {
    const wallet = await newApplicant(authority, 'forged-state')
    const { case: drawn } = await apply(wallet)
    await edit(drawn.case, () => ({ state: 'approved', duty: 'attest', dutyAtSeconds: 0 }))
    await nothingCameOfIt(wallet, drawn.case)
  }, 60_000)

  it('one genuine verdict that is listed twice gives nothing', async () => {
    const wallet = await newApplicant(authority, 'forged-twice')
    const { case: drawn } = await apply(wallet)
    await approve(consoles[0]!, drawn.case)
    await edit(drawn.case, (found) => ({ verdicts: [...found.verdicts, ...found.verdicts], state: 'approved', duty: 'attest', dutyAtSeconds: 0 }))
    await nothingCameOfIt(wallet, drawn.case)
  }, 60_000)

  it('a second verdict under another reviewer’s name gives nothing', async () => {
    const wallet = await newApplicant(authority, 'forged-name')
    const { case: drawn } = await apply(wallet)
    await approve(consoles[0]!, drawn.case)
    const collection = authority.store.collection(verdicts)
    const found = (await authority.store.collection(cases).get(drawn.case))!
    const listed = found.verdicts[0]!
    const genuine = (await collection.get(listed.verdict))!
    const other = consoles[1]!.secrets.reviewer
    const forged = {
      ...genuine,
      id: derivedId('verdict', 'forged'),
      reviewer: other,
      signed: { ...genuine.signed, statement: { ...genuine.signed.statement, reviewer: other } },
    }
    await collection.insert(forged)
    await edit(drawn.case, () => ({
      verdicts: [listed, { ...listed, verdict: forged.id, reviewer: other }],
      state: 'approved',
      duty: 'attest',
      dutyAtSeconds: 0,
    }))
    await nothingCameOfIt(wallet, drawn.case)
  }, 60_000)

  it('evidence that was exchanged after the verdicts gives nothing', async () => {
    const wallet = await newApplicant(authority, 'forged-evidence')
    const { case: drawn } = await apply(wallet)
    await approve(consoles[0]!, drawn.case)
    const exchange = (found: CaseRecord): Partial<CaseRecord> => ({
      consents: found.consents.map(({ statement, assertion }) => {
        const files = statement.evidence.files.map((file) => ({ ...file, sha256: 'b'.repeat(64) }))
        return { statement: { ...statement, evidence: { ...statement.evidence, files } }, assertion }
      }),
    })
    const untouched = (await authority.store.collection(cases).get(drawn.case))!
    await approve(consoles[1]!, drawn.case)
    // The genuine approval may be on its way to an attestation already, so the case is put back as it was and exchanged.
    const now = (await authority.store.collection(cases).get(drawn.case))!
    expect(now.verdicts).toHaveLength(untouched.verdicts.length + 1)
    const judged = authority.features.judge
    await authority.features.duties.settle()
    const record = (await authority.features.decisionRecords.get(derivedId('attestation', drawn.case)))!
    await expect(judged(record)).resolves.toBeUndefined()
    const consents = exchange(now).consents!
    await expect(judged({ ...record, consents })).rejects.toMatchObject({ code: 'not-attestable' })
  }, 60_000)

  it('a decision record of another account, person or panel is refused by the signer', async () => {
    const wallet = await newApplicant(authority, 'forged-record')
    const { case: drawn } = await apply(wallet)
    await approve(consoles[0]!, drawn.case)
    await approve(consoles[1]!, drawn.case)
    await authority.features.duties.settle()
    const id = derivedId('attestation', drawn.case)
    const record = (await authority.features.decisionRecords.get(id))!
    const { judge } = authority.features
    const [first, second, third] = record.draw.ranking as [string, string, string]
    const forgeries: Record<string, object> = {
      account: { account: newId('account') },
      'order of the panel': { draw: { ...record.draw, ranking: [second, first, third] } },
      code: { draw: { ...record.draw, code: '222-222' } },
      nonce: { draw: { ...record.draw, nonce: 'A'.repeat(43) } },
      'root of the tree': { draw: { ...record.draw, rootHash: 'A'.repeat(43) } },
      'one verdict': { verdicts: record.verdicts.slice(0, 1) },
      'the same verdict twice': { verdicts: [record.verdicts[0], record.verdicts[0]] },
      tags: { tags: record.tags.slice(1) },
      'no tags': { tags: [] },
      'another round': { round: 2 },
      'no consent': { consents: [] },
      'no roster': { rosterStatements: [] },
      'no log': { entries: [] },
      'a missing entry': { entries: record.entries.slice(1) },
      'another checkpoint': {
        checkpoint: record.checkpoint.replace(/^(.*\n)(\d+)/, (_all, origin: string, size: string) => `${origin}${String(Number(size) + 1)}`),
      },
      'another passkey': { passkeys: [publicPasskey({ credentialId: 'AAAA', rpId: 'localhost', userHandle: 'x', privateKey: `${'A'.repeat(42)}Q` })] },
      'another issuer': { issuer: 'http://localhost:1' },
      'another policy': { policy: 'identified/v2' },
    }
    for (const [name, change] of Object.entries(forgeries)) {
      await expect(judge({ ...record, ...change }).then(() => `${name} was believed`)).rejects.toMatchObject({ code: 'not-attestable' })
    }
    await expect(judge(record)).resolves.toBeUndefined()
  }, 60_000)

  it('a reviewer who is written into the roster is drawn by nobody: the device refuses', async () => {
    const wallet = await newApplicant(authority, 'forged-reviewer')
    const collection = authority.store.collection(rosters)
    const roster = (await collection.get('roster'))!
    const passkey = softwarePasskey()
    await passkey.create({ rpId: 'localhost', userHandle: 'x', challenge: new Uint8Array(32), origin: authority.issuer })
    const entry = {
      ...roster.entries[0]!,
      reviewer: newId('reviewer'),
      account: newId('account'),
      passkey: publicPasskey(passkey.credentials()[0]!),
      recipient: await recipientOf(await newIdentity()),
    }
    const entries = [...roster.entries, entry]
    const forged = await collection.replace({ ...roster, entries, rosterHash: rosterHash({ sequence: roster.sequence, entries }) })
    await expect(openCase(wallet, { purpose: 'identify', policy: 'identified/v1' })).rejects.toThrow()
    await collection.replace({ ...roster, version: forged.version })
  }, 60_000)

  it('an attestation that is written into the store issues nothing', async () => {
    const wallet = await newApplicant(authority, 'forged-attestation')
    const { case: drawn } = await apply(wallet)
    const id = derivedId('attestation', drawn.case)
    const now = Math.floor(Date.now() / 1000)
    await authority.store.collection(attestations).insert({
      ...{ id, acts: [], person: newId('person'), account: wallet.key.account, case: drawn.case, policy: 'identified/v1', state: 'valid' },
      ...{ attestedAtSeconds: now, validUntilSeconds: now + 86_400, issuanceKeys: [], batches: [] },
    })
    await expect(refillCredentials(wallet, { attestation: id, format: 'vc+jwt', count: 1 })).rejects.toMatchObject({ code: 'not-attestable' })
  }, 60_000)

  it('a passkey that is written into an account signs in, but gets no copy; a way in that was vouched for does', async () => {
    const wallet = await newApplicant(authority, 'forged-passkey')
    const { case: drawn } = await apply(wallet)
    await Promise.all([approve(consoles[0]!, drawn.case), approve(consoles[1]!, drawn.case)])
    await authority.features.duties.settle()
    const [attestation] = (await wallet.api.attestations()).data
    const refill = { attestation: attestation!.attestation, format: 'vc+jwt', count: 1 } as const
    const vouchedFor = softwarePasskey()
    const secondWallet = { ...wallet, authenticator: vouchedFor, memory: forgetfulMemory(), credentialId: await addWayIn(wallet, vouchedFor, 'passkey') }
    expect(await refillCredentials(secondWallet, refill)).toHaveLength(1)

    const thief = softwarePasskey()
    await thief.create({ rpId: 'localhost', userHandle: wallet.key.account, challenge: new Uint8Array(32), origin: authority.issuer })
    const stolen = publicPasskey(thief.credentials()[0]!)
    const { accounts } = authority.features
    const row = (await accounts.get(wallet.key.account))!
    await accounts.replace({ ...row, passkeys: [...row.passkeys, { ...stolen, label: 'passkey', addedAtSeconds: 1 }] })
    const thiefsWallet = { ...wallet, authenticator: thief, memory: forgetfulMemory(), credentialId: stolen.credentialId }
    await expect(refillCredentials(thiefsWallet, refill)).rejects.toMatchObject({ code: 'issuance-key-unknown' })
  }, 60_000)
})
