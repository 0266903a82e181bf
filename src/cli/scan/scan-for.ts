import { randomBytes } from 'node:crypto'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import { CliError } from '../cli-error.ts'
import { argumentsOf, requiredWord, textOptions } from '../command.ts'
import { type CliContext, dataFolder } from '../context.ts'
import { compressedName, encodings } from './encodings.ts'
import { filesUnder, mongoDocuments, type Place, plantInMongo } from './places.ts'
import { type Hit, needlesOf, scanBytes } from './scan-bytes.ts'

/** Where to look, and for what. */
export interface ScanInput {
  /** Texts that must be nowhere. */
  readonly canaries: readonly string[]
  readonly folders: readonly string[]
  readonly stores: readonly string[]
  /** Paths that are a person's own device and may hold personal data. */
  readonly isSkipped: (path: string) => boolean
}

/** What a scan found. `missedControls` names encodings in which not even the planted control was found: then the scan proves nothing. */
export interface ScanResult {
  readonly places: number
  readonly hits: readonly Hit[]
  readonly missedControls: readonly string[]
}

/** Looks for canaries in files and databases, in eleven encodings, after planting a control: in the first folder in all eleven, and in each database. */
export async function scan({ canaries, folders, stores, isSkipped }: ScanInput): Promise<ScanResult> {
  const control = `control ${randomBytes(12).toString('hex')}`
  const needles = needlesOf([...canaries, control])
  const controlFiles = await plantControl(folders[0] ?? '.', control)
  const removals = await Promise.all(stores.map((store) => plantInMongo(store, control)))
  const hits: Hit[] = []
  let places = 0
  try {
    for await (const place of everyPlace(folders, stores, isSkipped)) {
      places++
      hits.push(...scanBytes(place.name, place.bytes, needles))
    }
  } finally {
    await Promise.all(controlFiles.map((path) => rm(path, { force: true })))
    await Promise.all(removals.map((remove) => remove()))
  }
  const controls = hits.filter(({ canary }) => canary === canaries.length)
  const missed = [...encodings.map(({ name }) => name), compressedName].filter((name) => !controls.some(({ encoding }) => encoding === name))
  const missedStores = controls.filter(({ place }) => place.includes(' scan-control-')).length < stores.length ? ['a document of the store'] : []
  const missedControls = [...missed, ...missedStores]
  return { places: places - controlFiles.length - stores.length, hits: hits.filter(({ canary }) => canary < canaries.length), missedControls }
}

/** `scan-for FILE`: canaries, one a line. Exit code 1 if any is found, 2 if the scan proves nothing. */
export async function scanFor(context: CliContext, args: readonly string[]): Promise<readonly string[]> {
  const read = argumentsOf({ in: { type: 'string', multiple: true }, store: { type: 'string', multiple: true } }, args)
  const file = resolve(context.cwd, requiredWord(read, 0, 'a file of canaries, one a line'))
  const canaries = (await readFile(file, 'utf8')).split('\n').map((line) => line.trim()).filter((line) => line !== '') // prettier-ignore
  const data = resolve(context.cwd, dataFolder(context))
  const folders = textOptions(read, 'in').length > 0 ? textOptions(read, 'in').map((path) => resolve(context.cwd, path)) : [data]
  const stores = [...textOptions(read, 'store'), context.env['VOUCHSAFE_STORE'] ?? ''].filter((store) => store.startsWith('mongodb'))
  const isSkipped = (path: string): boolean => path === file || path === join(data, 'profiles')
  return report(canaries.length, await scan({ canaries, folders, stores, isSkipped }))
}

function report(canaries: number, { places, hits, missedControls }: ScanResult): readonly string[] {
  if (missedControls.length > 0)
    throw new CliError('control-not-found', `The planted control was not found as ${missedControls.join(', ')}: this scan proves nothing.`, 2)
  if (hits.length > 0)
    throw new CliError('canary-found', hits.map(({ place, canary, encoding }) => `canary ${canary + 1} as ${encoding} in ${place}`).join('\n'))
  return [`Looked for ${canaries} texts in ${places} places, in eleven encodings: none is there. The planted control was found in all eleven.`]
}

async function* everyPlace(folders: readonly string[], stores: readonly string[], isSkipped: (path: string) => boolean): AsyncGenerator<Place> {
  for (const folder of folders) yield* filesUnder(folder, isSkipped)
  for (const store of stores) yield* mongoDocuments(store)
}

/** One file for each encoding, the text somewhere inside random bytes. */
async function plantControl(folder: string, control: string): Promise<string[]> {
  const spelled = encodings.map(({ spellings }) => spellings(control).at(-1) ?? Buffer.alloc(0))
  const contents = [...spelled, gzipSync(Buffer.from(control))].map((bytes) => Buffer.concat([randomBytes(17), bytes, randomBytes(17)]))
  return Promise.all(
    contents.map(async (content, at) => {
      const path = join(folder, `.scan-control-${at}-${randomBytes(6).toString('hex')}`)
      await writeFile(path, content, { mode: 0o600 })
      return path
    }),
  )
}
