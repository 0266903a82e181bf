import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { CliError } from '../cli-error.ts'
import { argumentsOf, requiredWord, textOptions } from '../command.ts'
import { type CliContext, dataFolder } from '../context.ts'
import { plantControl } from './control.ts'
import { filesUnder, mongoDocuments, type Place } from './places.ts'
import { type Hit, pictureNeedles, scanBytes, textNeedles } from './scan-bytes.ts'

/** Where to look, and for what. */
export interface ScanInput {
  /** Texts that must be nowhere. */
  readonly canaries: readonly string[]
  /** PNG or JPEG files whose picture must be nowhere, with or without the metadata beside it. A picture that was drawn or compressed anew is another one. */
  readonly pictures?: readonly Uint8Array[]
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

/**
 * Looks for texts and pictures in files and databases, in eleven encodings each, after planting a control of both: in the first folder, and in each database.
 * @throws {CliError} `not-a-picture`
 */
export async function scan({ canaries, pictures = [], folders, stores, isSkipped }: ScanInput): Promise<ScanResult> {
  const sought = [
    ...canaries.flatMap((text, at) => textNeedles(`text ${at + 1}`, text)),
    ...pictures.flatMap((picture, at) => pictureNeedles(`picture ${at + 1}`, picture)),
  ]
  const control = await plantControl(folders[0] ?? '.', stores)
  const needles = [...sought, ...control.needles]
  const hits: Hit[] = []
  let places = 0
  try {
    for await (const place of everyPlace(folders, stores, isSkipped)) {
      places++
      hits.push(...scanBytes(place.name, place.bytes, needles))
    }
  } finally {
    await control.remove()
  }
  return { places: places - control.places, hits: hits.filter((hit) => !control.isControl(hit)), missedControls: control.missed(hits) }
}

/** `scan-for FILE [--picture FILE …]`: canaries, one a line, and pictures. Exit code 1 if any is found, 2 if the scan proves nothing. */
export async function scanFor(context: CliContext, args: readonly string[]): Promise<readonly string[]> {
  const several = { type: 'string', multiple: true } as const
  const read = argumentsOf({ in: several, store: several, picture: several }, args)
  const inFolder = (path: string): string => resolve(context.cwd, path)
  const pictureFiles = textOptions(read, 'picture').map(inFolder)
  const file = pictureFiles.length > 0 && read.words.length === 0 ? undefined : inFolder(requiredWord(read, 0, 'a file of canaries, one a line'))
  const canaries = file === undefined ? [] : linesOf(await readFile(file, 'utf8'))
  const pictures = await Promise.all(pictureFiles.map((path) => readFile(path)))
  const data = inFolder(dataFolder(context))
  const folders = textOptions(read, 'in').length > 0 ? textOptions(read, 'in').map(inFolder) : [data]
  const stores = [...textOptions(read, 'store'), context.env['VOUCHSAFE_STORE'] ?? ''].filter((store) => store.startsWith('mongodb'))
  const isSkipped = (path: string): boolean => path === file || pictureFiles.includes(path) || path === join(data, 'profiles')
  return report({ canaries, pictures }, await scan({ canaries, pictures, folders, stores, isSkipped }))
}

function linesOf(text: string): string[] {
  return text.split('\n').map((line) => line.trim()).filter((line) => line !== '') // prettier-ignore
}

function report(sought: Required<Pick<ScanInput, 'canaries' | 'pictures'>>, { places, hits, missedControls }: ScanResult): readonly string[] {
  if (missedControls.length > 0)
    throw new CliError('control-not-found', `The planted control was not found as ${missedControls.join(', ')}: this scan proves nothing.`, 2)
  if (hits.length > 0) throw new CliError('canary-found', hits.map(({ place, what, encoding }) => `${what} as ${encoding} in ${place}`).join('\n'))
  return [
    `Looked for ${sought.canaries.length} texts and ${sought.pictures.length} pictures in ${places} places, in eleven encodings: none is there. ` +
      'The planted control, a text and a picture, was found in all eleven.',
  ]
}

async function* everyPlace(folders: readonly string[], stores: readonly string[], isSkipped: (path: string) => boolean): AsyncGenerator<Place> {
  for (const folder of folders) yield* filesUnder(folder, isSkipped)
  for (const store of stores) yield* mongoDocuments(store)
}
