import {
  drawSelfie,
  drawSpecimen,
  specimenDocumentKeys,
  specimenFields,
  specimenPerson,
  type SpecimenSide,
  type SpecimenType,
} from '../../device/specimens/index.ts'
import { keepDocument, keepFields } from '../../device/wallet/keep-document.ts'
import type { Wallet } from '../../device/wallet/wallet.ts'

/** The sheets that `keep --specimen` keeps. */
export const keptSheets: readonly (readonly [SpecimenType, SpecimenSide])[] = [
  ['passport', 'single'],
  ['residence-registration', 'single'],
]

/** Draws documents and fields of a fictional person of Utopia and keeps them in the vault, as `keep` and `fields` would. */
export async function keepSpecimenSet(wallet: Wallet, seed: string): Promise<readonly string[]> {
  const person = specimenPerson(seed)
  for (const [type, side] of keptSheets) await keepDocument(wallet, { type, side, plain: await drawSpecimen(person, type, side) })
  await keepFields(wallet, { ...specimenFields(person) }, specimenDocumentKeys(person))
  return keptSheets.map(([type, side]) => `Kept ${type} (${side}), UTOPIA SPECIMEN.`).concat('Kept the typed fields and document numbers.')
}

/** The selfie of the fictional person with the passport and the case's code. */
export function specimenSelfie(seed: string, code: string): Promise<Uint8Array> {
  return drawSelfie(specimenPerson(seed), code, 'passport')
}

/** One sheet of the set, drawn again. */
export function specimenSheet(seed: string, type: SpecimenType, side: SpecimenSide): Promise<Uint8Array> {
  return drawSpecimen(specimenPerson(seed), type, side)
}
