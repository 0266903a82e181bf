import { existsSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Authority } from '../../compose.ts'
import { type CliContext, keysFolder } from '../context.ts'
import { personApplies, personJoins, reviewerJudges, reviewersEnrol, statusBecomes } from './chapters-people.ts'
import type { Scene } from './stage.ts'
import { createTeller, type Teller } from './teller.ts'
import { createTerminal } from './terminal.ts'

/** What the first walk needs to know of the authority that it visits. */
export interface FirstWalkInput {
  readonly authority: Authority
  readonly icoUrl: string
  /** Where the authority keeps its data; the walk leaves a note there that it was made. */
  readonly dataFolder: string
}

/**
 * On the very first start, walks one specimen applicant through the job, with commands that anyone could type, and prints what was checked.
 * The people of the walk leave afterwards: their devices are wiped, and an operator ends the reviewers, so that later panels are of living people.
 */
export async function walkOnce(context: CliContext, { authority, icoUrl, dataFolder }: FirstWalkInput): Promise<void> {
  const note = join(dataFolder, 'first-walk.txt')
  if (existsSync(note)) return
  const folder = resolve(context.cwd, dataFolder, 'first-walk')
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const keys = resolve(context.cwd, keysFolder(context))
  const env = { ...context.env, VOUCHSAFE_DATA: folder, VOUCHSAFE_KEYS: keys, VOUCHSAFE_ISSUER: authority.issuer }
  const terminal = createTerminal({ ...context, env, cwd: folder, ask: undefined, workFactor: 14 })
  const teller = createTeller(context.print)
  await walk(teller, { authority, icoUrl, terminal, fetch: context.fetch })
  await rm(folder, { recursive: true, force: true })
  const failed = teller.told.filter(({ ok }) => !ok).length
  if (failed === 0) await writeFile(note, 'The first walk was made; it is not made again.\n')
  context.print('')
  context.print(
    failed === 0
      ? `All ${teller.told.length} steps behaved. Now it is your turn: ${authority.issuer}`
      : `${failed} of ${teller.told.length} steps did not behave.`,
  )
}

async function walk(teller: Teller, scene: Scene): Promise<void> {
  const { types } = scene.terminal
  await reviewersEnrol(teller, scene)
  await personJoins(teller, scene, 'wanda')
  await personApplies(teller, scene, 'wanda')
  await reviewerJudges(teller, scene, 'rosa', 'approve --checked all')
  await reviewerJudges(teller, scene, 'sami', 'approve --checked all')
  await teller.step('wanda is identified', async () => (await statusBecomes(scene, 'wanda', 'identified')).join(' ').trim())
  await teller.step('wanda gets copies of her credential', async () => (await types('as holder --profile wanda credentials --count 3'))[0] ?? '')
  await teller.step('wanda presents to the demo sale', async () => (await types(`as holder --profile wanda present --to ${scene.icoUrl}`))[0] ?? '')
  await teller.step('wanda revokes; the reviewers of this walk leave', async () => {
    const revoked = await types('as holder --profile wanda revoke')
    for (const reviewer of await rosteredReviewers(scene)) await types(`as operator --profile olga end ${reviewer}`)
    return revoked[0] ?? ''
  })
}

async function rosteredReviewers({ authority }: Scene): Promise<readonly string[]> {
  const roster = await authority.features.rosters.get('roster')
  return (roster?.entries ?? []).map(({ reviewer }) => reviewer)
}
