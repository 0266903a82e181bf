import { mkdir, writeFile } from 'node:fs/promises'
import { drawSpecimen, specimenPerson, specimenSheets } from '../src/device/specimens/index.ts'

/** The seed of the person whose documents are committed in `specimens/`. */
const committedSeed = 'specimen'

/** Draws one valid set of every evidence type into a folder: `<type>-<side>.png`. */
async function drawAll(folder: string): Promise<void> {
  const person = specimenPerson(committedSeed)
  await mkdir(folder, { recursive: true })
  for (const [type, side] of specimenSheets) {
    const png = await drawSpecimen(person, type, side)
    await writeFile(`${folder}/${type}-${side}.png`, png)
    console.log(`${folder}/${type}-${side}.png  ${png.length} bytes`)
  }
}

await drawAll(process.argv[2] ?? 'specimens')
