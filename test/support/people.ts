import { readFileSync } from 'node:fs'
import { createApiClient } from '../../src/device/api/api-client.ts'
import { createAuthorityApi } from '../../src/device/api/authority-api.ts'
import { type Console, openConsole } from '../../src/device/console/console.ts'
import { enrol } from '../../src/device/console/enrol.ts'
import { evaluateTags } from '../../src/device/console/evaluate-tags.ts'
import { openCaseFiles, type PlainCase } from '../../src/device/console/open-case-files.ts'
import { signVerdict } from '../../src/device/console/sign-verdict.ts'
import type { Device } from '../../src/device/device.ts'
import { forgetfulMemory } from '../../src/device/device-memory.ts'
import { addToRoster } from '../../src/device/operator/change-roster.ts'
import { type Desk, inviteReviewer, listEnrolments, openDesk } from '../../src/device/operator/desk.ts'
import { softwarePasskey } from '../../src/device/software-passkey.ts'
import { drawSelfie, specimenDocumentKeys, specimenFields, specimenPerson } from '../../src/device/specimens/index.ts'
import { kitText } from '../../src/device/vault/recovery-kit.ts'
import { confirmKit } from '../../src/device/wallet/confirm-kit.ts'
import { consent } from '../../src/device/wallet/consent.ts'
import { dueConsent } from '../../src/device/wallet/due-consent.ts'
import { join } from '../../src/device/wallet/join.ts'
import { keepDocument, keepFields } from '../../src/device/wallet/keep-document.ts'
import { type DrawnCase, openCase } from '../../src/device/wallet/open-case.ts'
import type { Wallet } from '../../src/device/wallet/wallet.ts'
import { policies } from '../../src/shared/contract/policies.ts'
import type { VerdictReply } from '../../src/shared/contract/types.ts'
import { systemClock } from '../../src/shared/clock.ts'
import type { TestAuthority } from './test-authority.ts'

/** scrypt's cost in tests: 2^1. */
const cheapWorkFactor = 1

/** A device of somebody who has never been here; it tells the time as the authority does. */
function newDevice({ issuer, features }: Pick<TestAuthority, 'issuer'> & Partial<Pick<TestAuthority, 'features'>>): Device {
  const api = createAuthorityApi(createApiClient({ issuer, wait: () => Promise.resolve() }))
  return { api, authenticator: softwarePasskey(), memory: forgetfulMemory(), clock: features?.clock ?? systemClock }
}

/** Somebody with an account whose kit has been read back. */
export async function newPerson(authority: TestAuthority): Promise<Wallet> {
  const { wallet, kit } = await join(newDevice(authority), { workFactor: cheapWorkFactor })
  await confirmKit(wallet, kitText(kit))
  return wallet
}

/** The demo operator at a desk. */
export async function openOperatorsDesk(authority: TestAuthority): Promise<Desk> {
  const { operator, credentialId, privateKeyJwk } = authority.operator
  const credential = { credentialId, rpId: new URL(authority.issuer).hostname, userHandle: operator, privateKey: privateKeyJwk.d ?? '' }
  return openDesk({ ...newDevice(authority), authenticator: softwarePasskey([credential]) }, { operator, credentialId })
}

/** Reviewers who have enrolled and been rostered, one organisation each. */
export async function enrolReviewers(authority: TestAuthority, count: number): Promise<readonly Console[]> {
  const desk = await openOperatorsDesk(authority)
  const consoles: Console[] = []
  for (let number = 1; number <= count; number++) {
    const { enrolment, secret } = await inviteReviewer(desk, `Organisation ${String(number)}`)
    const wallet = await newPerson(authority)
    await enrol(wallet, { enrolment, secret })
    const requested = (await listEnrolments(desk)).find((each) => each.enrolment === enrolment)
    if (requested) await addToRoster(desk, requested)
    consoles.push(await openConsole(wallet))
  }
  return consoles
}

const specimen = (name: string): Uint8Array => new Uint8Array(readFileSync(`specimens/${name}.png`))

/** An applicant whose specimen documents are in the vault. The pictures are the committed ones; the numbers follow from the seed. */
export async function newApplicant(authority: TestAuthority, seed: string): Promise<Wallet> {
  const wallet = await newPerson(authority)
  await keepSpecimens(wallet, seed)
  return wallet
}

/** Puts the specimen documents of a person into a vault. */
export async function keepSpecimens(wallet: Wallet, seed: string): Promise<void> {
  const person = specimenPerson(seed)
  await keepDocument(wallet, { type: 'passport', side: 'single', plain: specimen('passport-single') })
  await keepDocument(wallet, { type: 'financial-document', side: 'single', plain: specimen('financial-document-single') })
  await keepFields(wallet, { ...specimenFields(person) }, specimenDocumentKeys(person))
}

/** Opens a case and consents. @param seed draws a selfie of this person with the case's code; any picture stands for it unless given. */
export async function apply(wallet: Wallet, seed?: string): Promise<DrawnCase> {
  const drawn = await openCase(wallet, { purpose: 'identify', policy: 'identified/v1' })
  const selfie = seed === undefined ? specimen('passport-single') : await drawSelfie(specimenPerson(seed), drawn.draw.code, 'passport')
  await consent(wallet, { case: drawn.case.case, selfie, shown: await dueConsent(wallet, drawn.case.case) })
  return drawn
}

/** Claims and opens a case. */
export async function openForReview(console: Console, caseId: string): Promise<PlainCase> {
  await console.api.claim(caseId)
  return openCaseFiles(console, caseId)
}

/** Claims, opens, checks everything and approves. */
export async function approve(console: Console, caseId: string): Promise<VerdictReply> {
  const { opening, plainFields } = await openForReview(console, caseId)
  const tags = await evaluateTags(console, opening, plainFields.documentKeys)
  return signVerdict(console, opening, { verdict: 'approve', checklist: fullChecklist, tags })
}

/** Every point of the policy. */
export const fullChecklist = policies[0]?.checklist.map(({ id }) => id) ?? []
