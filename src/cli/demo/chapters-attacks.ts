import { randomBytes } from 'node:crypto'
import { rosterHash } from '../../shared/roster.ts'
import { newId } from '../../shared/ids.ts'
import { newIdentity, recipientOf } from '../../device/seal/age.ts'
import { publicPasskey } from '../../device/software-passkey.ts'
import { p256 } from '@noble/curves/nist'
import { auditLines } from '../audit/audit.ts'
import { verifyLog } from '../audit/verify-log.ts'
import { openProfile, type ProfileParts } from '../profile.ts'
import { dataFolder } from '../context.ts'
import type { Stage } from './stage.ts'
import { expect, type Teller } from './teller.ts'

async function accountOf({ terminal: { context } }: Stage, name: string): Promise<string> {
  const profile = await openProfile(dataFolder(context), name)
  return (await profile.read<ProfileParts['account']>('account'))?.key.account ?? ''
}

async function caseOf({ terminal: { context } }: Stage, name: string): Promise<string> {
  const profile = await openProfile(dataFolder(context), name)
  return (await profile.read<ProfileParts['work']>('work'))?.case ?? ''
}

/** One who can write to the database makes an approved case out of one verdict. */
export async function approvalInDatabase({ step }: Teller, stage: Stage, name: string): Promise<void> {
  await step('An approval written straight into the database gives nothing', async () => {
    const { cases, attestations, duties } = stage.authority.features
    const found = await cases.get(await caseOf(stage, name))
    const genuine = found?.verdicts.at(-1)
    if (found === undefined || genuine === undefined) throw new Error('The case should have one verdict.')
    const forged = { ...genuine, verdict: newId('verdict'), reviewer: found.draw?.ranking.find((reviewer) => reviewer !== genuine.reviewer) ?? '' }
    const outcome = { round: found.round, outcome: 'approve', reasons: [] } as const
    await cases.replace({
      ...found,
      state: 'approved',
      verdicts: [...found.verdicts, forged],
      outcomes: [...found.outcomes, outcome],
      duty: 'attest',
      dutyAtSeconds: 1,
    })
    duties.kick()
    await new Promise((resolve) => setTimeout(resolve, 2500))
    const given = await attestations.page('account', [await accountOf(stage, name)], undefined, 1)
    expect(given.data.length === 0, 'the forged approval became an attestation')
    await stage.terminal.isRefused(`as holder --profile ${name} credentials`, 'no-attestation')
    const state = (await cases.get(found.id))?.state ?? ''
    expect(state !== 'attested', 'the case should not be attested')
    return `The evidence was judged anew and did not justify an attestation; the case is "${state}", no credential was issued.`
  })
}

/** One who can write to the database adds a reviewer of theirs. */
export async function reviewerInDatabase({ step }: Teller, stage: Stage, name: string): Promise<void> {
  await step('A reviewer written into the database is refused by the device', async () => {
    const { rosters } = stage.authority.features
    const genuine = await rosters.get('roster')
    if (genuine === undefined) throw new Error('There should be a roster.')
    const entries = [...genuine.entries, await intruder(stage)]
    await rosters.replace({ ...genuine, entries, rosterHash: rosterHash({ sequence: genuine.sequence, entries }) })
    await stage.terminal.isRefused(`as applicant --profile ${name} apply`, 'statement-refused')
    const forged = await rosters.get('roster')
    await rosters.replace({ ...genuine, version: forged?.version ?? 0 })
    return 'No operator signed for that reviewer and the log does not know them: the device refused the roster, and nothing was sealed.'
  })
}

async function intruder({ terminal: { context } }: Stage) {
  const privateKey = Buffer.from(p256.utils.randomSecretKey()).toString('base64url')
  const passkey = publicPasskey({ credentialId: randomBytes(16).toString('base64url'), rpId: 'localhost', userHandle: 'x', privateKey })
  const now = context.clock.nowSeconds()
  return {
    ...{ reviewer: newId('reviewer'), account: newId('account'), organisation: 'Nobody', passkey },
    ...{ recipient: await recipientOf(await newIdentity()), notBeforeSeconds: now - 10, notAfterSeconds: now + 86_400 },
  }
}

/** The same passport in another account meets the person who has it already. */
export async function sameDocumentTwice({ step }: Teller, stage: Stage, name: string): Promise<void> {
  await step('The same document by another account does not make a second person', async () => {
    const { attestations } = stage.authority.features
    const given = await attestations.page('account', [await accountOf(stage, name)], undefined, 1)
    expect(given.data.length === 0, 'a second attestation was made')
    await stage.terminal.isRefused(`as holder --profile ${name} credentials`, 'no-attestation')
    return 'Both reviewers approved; the uniqueness tags, which the authority cannot read, belong to a person already: no second attestation.'
  })
}

/** Log and documents agree; then a row is changed by hand, and they do not. */
export async function auditNotices({ step }: Teller, stage: Stage, name: string, earlierCheckpoint: string): Promise<void> {
  const { features } = stage.authority
  await step('The audit verifies the log, and that it extends the checkpoint kept earlier', async () => {
    return auditLines(await verifyLog(features, earlierCheckpoint)).join(' ')
  })
  await step('A revocation undone in the database is noticed by the audit', async () => {
    const found = (await features.attestations.page('account', [await accountOf(stage, name)], undefined, 1)).data[0]
    if (found === undefined) throw new Error('There should be an attestation.')
    const changed = await features.attestations.replace({ ...found, state: 'valid' })
    const { faults } = await verifyLog(features)
    await features.attestations.replace({ ...found, version: changed.version })
    expect(faults.length === 1, `the audit should have found one fault; it found ${faults.length}`)
    return faults[0] ?? ''
  })
}
