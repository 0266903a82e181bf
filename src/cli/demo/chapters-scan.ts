import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { padded } from '../../device/seal/padding.ts'
import { specimenCanaries, specimenPerson } from '../../device/specimens/index.ts'
import { failureOf } from '../failure.ts'
import { keptSheets, specimenSheet } from '../roles/specimen-set.ts'
import { scanFor } from '../scan/scan-for.ts'
import type { Stage } from './stage.ts'
import { expect, type Teller } from './teller.ts'

/** Whose documents were kept. */
const specimens = ['anna', 'bob', 'dave'] as const

/** Looks for the texts and pictures of all documents wherever the authority is; before, for a picture that was left unsealed on purpose. */
export async function scanEverything({ step }: Teller, stage: Stage): Promise<void> {
  await step('Nothing of the documents, text or picture, is anywhere in database, sealed files, logs or traffic', async () => {
    const { context } = stage.terminal
    const canaries = specimens.flatMap((seed) => specimenCanaries(specimenPerson(seed)))
    await writeFile(join(stage.folder, 'canaries.txt'), canaries.join('\n'))
    const pictures = await keptPictures(stage)
    const control = await unsealedPictureIsFound(stage, pictures[0] ?? '')
    const stores = stage.store.startsWith('mongodb') ? ['--store', stage.store] : []
    const options = [...pictures.flatMap((path) => ['--picture', path]), '--in', stage.authorityFolder, '--in', stage.capturedFolder, ...stores]
    context.print('$ vouchsafe scan-for canaries.txt --picture … --in authority --in captured')
    const found = await scanFor(context, ['canaries.txt', ...options])
    return `${found[0] ?? ''} ${control}`
  })
}

/** Every picture that was kept or shown to reviewers, selfies too, each once, as files. */
async function keptPictures({ picturesFolder }: Stage): Promise<readonly string[]> {
  for (const seed of specimens)
    for (const [type, side] of keptSheets) await writeFile(join(picturesFolder, `${seed}-${type}.png`), await specimenSheet(seed, type, side))
  const files = (await readdir(picturesFolder, { recursive: true })).filter((name) => name.endsWith('.png')).map((name) => join(picturesFolder, name))
  const paths = new Map<string, string>()
  for (const path of files) paths.set((await readFile(path)).toString('base64'), path)
  const distinct = [...paths.values()]
  expect(distinct.filter((path) => path.includes('selfie-with-document')).length === 3, 'the selfies of three cases should be among the pictures')
  return distinct
}

/** What would lie there if sealing did nothing: the padded picture among the authority's files. The scanner must find it. */
async function unsealedPictureIsFound({ terminal: { context }, authorityFolder }: Stage, picture: string): Promise<string> {
  const unsealed = join(authorityFolder, 'unsealed-on-purpose')
  await writeFile(unsealed, padded(await readFile(picture)))
  try {
    context.print('$ vouchsafe scan-for --picture … --in authority, one picture lying there unsealed on purpose')
    const { code, lines } = await scanFor(context, ['--picture', picture, '--in', authorityFolder]).then(
      () => ({ code: 'nothing found', lines: [] as readonly string[] }),
      failureOf,
    )
    expect(code === 'canary-found' && lines.join('\n').includes(unsealed), `the unsealed picture should have been found; the scan said ${code}`)
  } finally {
    await rm(unsealed)
  }
  return 'A picture left there unsealed on purpose was found before.'
}
