import { randomBytes } from 'node:crypto'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { encodePng } from '../../device/specimens/png.ts'
import { compressedName, encodings } from './encodings.ts'
import { pictureEncodings, pictureSamples } from './picture-encodings.ts'
import { mongoControlName, plantInMongo } from './places.ts'
import { type Hit, type Needle, pictureNeedles, textNeedles } from './scan-bytes.ts'

/** A text and a picture that are planted where is looked, and must be found in every encoding: else a scan that finds nothing proves nothing. */
export interface Control {
  readonly needles: readonly Needle[]
  /** Files and documents that were planted. */
  readonly places: number
  readonly isControl: (hit: Hit) => boolean
  /** What should have been found and was not. */
  readonly missed: (hits: readonly Hit[]) => readonly string[]
  readonly remove: () => Promise<void>
}

const textName = 'the control text'
const pictureName = 'the control picture'

/** Plants a control made of chance: in a folder in all eleven encodings, and in each database as it is. No picture of a person is put there. */
export async function plantControl(folder: string, stores: readonly string[]): Promise<Control> {
  const text = `control ${randomBytes(12).toString('hex')}`
  const picture = Buffer.from(await noisePicture())
  const paths = await plantFiles(folder, [...textSpellings(text), ...pictureSpellings(picture)])
  const removals = await Promise.all(stores.map((store) => plantInMongo(store, { text, picture })))
  return {
    needles: [...textNeedles(textName, text), ...pictureNeedles(pictureName, picture)],
    places: paths.length + stores.length,
    isControl: ({ what }) => what === textName || what === pictureName,
    missed: (hits) => [
      ...missedNames(encodings, textName, hits),
      ...missedNames(pictureEncodings, pictureName, hits).map((name) => `a picture as ${name}`),
      ...[textName, pictureName].filter((name) => hits.filter(({ place, what }) => what === name && place.includes(` ${mongoControlName}-`)).length < stores.length).map((name) => `${name} in a document of the store`), // prettier-ignore
    ],
    remove: async () => {
      await Promise.all(paths.map((path) => rm(path, { force: true })))
      await Promise.all(removals.map((remove) => remove()))
    },
  }
}

function missedNames(looked: readonly { readonly name: string }[], what: string, hits: readonly Hit[]): string[] {
  return [...looked.map(({ name }) => name), compressedName].filter((name) => !hits.some((hit) => hit.what === what && hit.encoding === name))
}

function textSpellings(text: string): Buffer[] {
  return [...encodings.map(({ spellings }) => spellings(text).at(-1) ?? Buffer.alloc(0)), gzipSync(Buffer.from(text))]
}

/** The whole picture as it is; of the other encodings, a sample each. */
function pictureSpellings(picture: Buffer): Buffer[] {
  const samples = pictureSamples(picture)
  const spelled = pictureEncodings.map(({ name, spellings }) => (name === 'raw' ? picture : (spellings(samples, picture).at(-1) ?? Buffer.alloc(0))))
  return [...spelled, gzipSync(picture)]
}

/** One file for each, somewhere inside random bytes. */
function plantFiles(folder: string, contents: readonly Buffer[]): Promise<string[]> {
  return Promise.all(
    contents.map(async (content, at) => {
      const path = join(folder, `.scan-control-${at}-${randomBytes(6).toString('hex')}`)
      await writeFile(path, Buffer.concat([randomBytes(17), content, randomBytes(17)]), { mode: 0o600 })
      return path
    }),
  )
}

const side = 64

/** A PNG of chance pixels. */
function noisePicture(): Promise<Uint8Array> {
  return encodePng({ width: side, height: side, pixels: randomBytes(side * side * 3), coverage: new Uint8Array(0) })
}
