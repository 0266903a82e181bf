import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { approvalInDatabase, auditNotices, reviewerInDatabase, sameDocumentTwice } from './chapters-attacks.ts'
import { newNonce, personApplies, personJoins, reviewerJudges, reviewersEnrol, statusBecomes } from './chapters-people.ts'
import { holderPresents, saleRefusals } from './chapters-refusals.ts'
import { dataIntegrityToo } from './chapters-data-integrity.ts'
import { scanEverything } from './chapters-scan.ts'
import { writePublicFiles, writeStatusAfter } from './outputs.ts'
import type { Stage } from './stage.ts'
import { expect, type Teller } from './teller.ts'
import { siteRefuses } from './verify-as-site.ts'
import { presentationOf } from '../../device/wallet/present.ts'
import { stolenCopy } from './forge.ts'

const approval = 'approve --checked all'

/** The whole job, by the command line alone, with the refusals that it promises. */
export async function tellStory(teller: Teller, stage: Stage, out: string): Promise<void> {
  const { step } = teller
  await reviewersEnrol(teller, stage)
  await personJoins(teller, stage, 'anna')
  await personApplies(teller, stage, 'anna')
  await oneVerdictGivesNothing(teller, stage)
  await reviewerJudges(teller, stage, 'sami', approval)
  await step('anna is identified', async () => (await statusBecomes(stage, 'anna', 'identified')).join(' ').trim())
  await annaGetsCopies(teller, stage)
  await holderPresents(teller, stage, 'anna')
  await step('The public files', () => writePublicFiles(stage, out))
  await saleRefusals(teller, stage, 'anna')
  await dataIntegrityToo(teller, stage, out, 'anna')
  await annaSecondDevice(teller, stage)
  await bobIsAskedAgain(teller, stage)
  await approvalInDatabase(teller, stage, 'bob')
  await carolHasAnnasPassport(teller, stage)
  await personJoins(teller, stage, 'dave')
  await reviewerInDatabase(teller, stage, 'dave')
  await revocation(teller, stage, out)
  await auditNotices(teller, stage, 'anna', await readFile(join(out, 'checkpoint.txt'), 'utf8'))
  await scanEverything(teller, stage)
}

async function oneVerdictGivesNothing(teller: Teller, stage: Stage): Promise<void> {
  const { types, isRefused } = stage.terminal
  const before: string[] = []
  await teller.step('anna looks before any verdict', async () => {
    before.push(...(await types('as applicant --profile anna status')))
    return before[0] ?? ''
  })
  await reviewerJudges(teller, stage, 'rosa', approval)
  await teller.step('One verdict gives nothing, and nobody learns it', async () => {
    const after = await types('as applicant --profile anna status')
    expect(after[0] === before[0], 'the case should look as before')
    await isRefused('as holder --profile anna credentials', 'no-attestation')
    await isRefused(`as reviewer --profile rosa claim ${before[0]?.match(/case_[a-z2-7]{26}/)?.[0] ?? ''}`, 'verdict-already-given')
    return 'The case looks the same as before the verdict; no credential; the same reviewer cannot judge twice.'
  })
}

async function annaGetsCopies({ step }: Teller, { terminal: { types } }: Stage): Promise<void> {
  await step('anna gets copies of her credential', async () => {
    const jwt = await types('as holder --profile anna credentials --count 5 --out attestation.jwt')
    const dataIntegrity = await types('as holder --profile anna credentials --count 1 --format data-integrity --out attestation.vc.json')
    return `${jwt[0] ?? ''} ${dataIntegrity[0] ?? ''} Each copy has a holder key of its own, with proof of possession.`
  })
}

async function annaSecondDevice({ step }: Teller, stage: Stage): Promise<void> {
  await step('anna comes back on a new phone with her recovery kit', async () => {
    const { types } = stage.terminal
    await types('as applicant --profile anna-phone recover anna-kit.txt')
    const documents = await types('as applicant --profile anna-phone documents')
    expect(documents.includes('passport (single)'), 'the vault should be back')
    const copies = await types('as holder --profile anna-phone credentials --count 3')
    return `The vault opened with the kit alone; the phone has a passkey, an issuance key and copies of its own. ${copies[0] ?? ''}`
  })
}

async function bobIsAskedAgain(teller: Teller, stage: Stage): Promise<void> {
  await personJoins(teller, stage, 'bob')
  await personApplies(teller, stage, 'bob')
  await reviewerJudges(teller, stage, 'rosa', 'resubmit --reason blurred:passport')
  await reviewerJudges(teller, stage, 'tove', 'resubmit --reason glare:passport')
  await teller.step('bob sends one file again', async () => {
    const asked = await statusBecomes(stage, 'bob', 'needs files again')
    expect(
      ['passport: blurred', 'passport: glare'].every((reason) => asked.some((line) => line.includes(reason))),
      'both reasons should be shown',
    )
    const sent = await stage.terminal.types('as applicant --profile bob resubmit --specimen --type passport')
    return `Asked for the passport with both reasons; the other files kept their hashes. ${sent[0] ?? ''}`
  })
  await reviewerJudges(teller, stage, 'sami', approval)
}

async function carolHasAnnasPassport(teller: Teller, stage: Stage): Promise<void> {
  await personJoins(teller, stage, 'carol', 'anna')
  await personApplies(teller, stage, 'carol')
  await reviewerJudges(teller, stage, 'rosa', approval)
  await reviewerJudges(teller, stage, 'tove', approval)
  await teller.step('carol is told that somebody else has this document', async () => (await statusBecomes(stage, 'carol', 'recover that account'))[0] ?? '')
  await sameDocumentTwice(teller, stage, 'carol')
}

async function revocation({ step }: Teller, stage: Stage, out: string): Promise<void> {
  const { terminal } = stage
  await step('anna revokes, and every copy on every device dies', async () => {
    const revoked = await terminal.types('as holder --profile anna revoke')
    const request = { audience: 'https://sale.example', nonce: newNonce() }
    const presentation = await presentationOf(await stolenCopy(stage, 'anna-phone'), request, terminal.context.clock.nowSeconds())
    return `${revoked[0] ?? ''} A copy on the phone: ${await siteRefuses(stage, presentation, request, 'revoked')}`
  })
  await step('The published lists say so', () => writeStatusAfter(stage, out))
  await step('No new copies', async () => {
    await terminal.isRefused('as holder --profile anna-phone credentials', 'no-attestation')
    return 'The authority issues nothing for a revoked attestation.'
  })
  await step('The sale refuses her from now on', () => saleComesToKnow(stage))
}

/** A site holds a list for as long as its ttl says, a minute; then it must ask again. */
async function saleComesToKnow({ terminal, icoUrl }: Stage): Promise<string> {
  for (let attempt = 0; attempt < 40; attempt++) {
    const { failure } = await terminal.tries(`as holder --profile anna-phone present --to ${icoUrl}`)
    if (failure !== undefined) {
      expect(failure.code === 'revoked', `the sale should have refused with revoked; it said ${failure.code}`)
      return `the sale refused: revoked${attempt === 0 ? '' : ', once the list that it held had run out'}`
    }
    await new Promise((resolve) => setTimeout(resolve, 2000))
  }
  expect(false, 'the sale still accepts a revoked attestation after 80 seconds')
}
