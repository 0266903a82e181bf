import { randomBytes } from 'node:crypto'
import { cp, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { dataFolder } from '../context.ts'
import type { Scene } from './stage.ts'
import { expect, type Teller } from './teller.ts'

/** The reviewers of the story and their organisations. */
const reviewers = [
  ['rosa', 'Utopia Notaries'],
  ['sami', 'Utopia Post'],
  ['tove', 'Utopia Library'],
] as const

/** Reviewers enrol; an operator signs each into the roster. */
export async function reviewersEnrol({ step }: Teller, { terminal: { types }, authority }: Scene): Promise<void> {
  for (const [name, organisation] of reviewers) {
    await step(`An operator admits ${name} of ${organisation}`, async () => {
      const invitation = await types(`as operator --profile olga invite --organisation "${organisation}"`)
      await types(`as reviewer --profile ${name} --root ${authority.rootThumbprint} join`)
      await types(`as reviewer --profile ${name} enrol ${invitation.at(-1) ?? ''}`)
      const admitted = await types('as operator --profile olga admit')
      return `${admitted[0] ?? ''} Statement signed by the operator's passkey, logged, and checked again on the operator's device.`
    })
  }
}

/** A person joins and fills a vault with a specimen's documents. */
export async function personJoins({ step }: Teller, { terminal: { types } }: Scene, name: string, specimen = name): Promise<void> {
  await step(`${name} joins and keeps documents${specimen === name ? '' : ` that are ${specimen}'s`}`, async () => {
    await types(`as applicant --profile ${name} join --kit ${name}-kit.txt`)
    const kept = await types(`as applicant --profile ${name} keep --specimen --as ${specimen}`)
    const documents = await types(`as applicant --profile ${name} documents`)
    expect(documents.includes('passport (single)'), 'the vault should hold the passport')
    return `Sealed on the device and listed in a sealed index: ${kept.length - 1} documents. The recovery kit was read back first.`
  })
}

/** A person opens a case and consents. */
export async function personApplies({ step }: Teller, { terminal: { types } }: Scene, name: string): Promise<void> {
  await step(`${name} applies and consents`, async () => {
    const applied = await types(`as applicant --profile ${name} apply`)
    const consented = await types(`as applicant --profile ${name} consent --specimen`)
    expect(
      applied.some((line) => /^Code: [2-9A-Z]{3}-[2-9A-Z]{3}$/.test(line)),
      'apply should print the code',
    )
    return `Draw and code recomputed on the device from its own nonce, the log and the roster. ${consented[0] ?? ''}`
  })
}

/** A reviewer claims, looks, and gives a verdict. @param verdict as typed. */
export async function reviewerJudges({ step }: Teller, stage: Scene, name: string, verdict: string): Promise<void> {
  await step(`${name} reviews: ${verdict.split(' ')[0] ?? ''}`, async () => {
    const { terminal } = stage
    await terminal.types(`as reviewer --profile ${name} claim`)
    await terminal.types(`as reviewer --profile ${name} show`)
    const opened = join(dataFolder(terminal.context), 'profiles', name, 'open')
    expect((await readdir(opened)).length === 1, 'show should have written the opened files')
    if (stage.picturesFolder !== undefined) await cp(opened, join(stage.picturesFolder, name), { recursive: true, filter: (path) => !path.endsWith('.json') })
    const signed = await terminal.types(`as reviewer --profile ${name} ${verdict}`)
    expect((await readdir(opened)).length === 0, 'the opened files should be gone')
    return `Consent checked on the reviewer's device before opening; opening logged; opened files wiped. ${signed[0] ?? ''}`
  })
}

/** Asks for a person's status until it says what is awaited. */
export async function statusBecomes({ terminal: { context, types } }: Scene, name: string, awaited: string): Promise<readonly string[]> {
  for (let attempt = 0; ; attempt++) {
    const lines = await types(`as applicant --profile ${name} status`)
    if (lines.some((line) => line.includes(awaited)) || attempt === 40) {
      expect(
        lines.some((line) => line.includes(awaited)),
        `the case of ${name} should be: ${awaited}; it is: ${lines[0] ?? ''}`,
      )
      return lines
    }
    context.print('  (duties are under way)')
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
}

/** A nonce as a relying party makes one. */
export function newNonce(): string {
  return randomBytes(24).toString('base64url')
}
