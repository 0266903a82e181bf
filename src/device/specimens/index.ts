import { drawDrivingLicenceBack, drawDrivingLicenceFront } from './driving-licence.ts'
import { drawFinancialDocument } from './financial-document.ts'
import { drawIdentityCardBack, drawIdentityCardFront } from './identity-card.ts'
import { drawPassport } from './passport.ts'
import type { NumberedType, SpecimenPerson } from './person.ts'
import { encodePng } from './png.ts'
import type { Raster } from './raster.ts'
import { drawResidenceRegistration } from './residence-registration.ts'
import { drawSelfieScene } from './selfie.ts'
import { drawTemporaryRegistration } from './temporary-registration.ts'

export { specimenCanaries } from './canaries.ts'
export { specimenDocumentKeys, specimenFields, type SpecimenDocumentKey, type SpecimenFields } from './fields.ts'
export { mrzCheckDigit, mrzTd1, mrzTd3, type MrzInput } from './mrz.ts'
export { specimenPerson, type NumberedType, type SpecimenDocument, type SpecimenPerson } from './person.ts'

/** The evidence types that this generator draws without a case; the selfie needs the case's code. */
export type SpecimenType = NumberedType | 'residence-registration' | 'temporary-registration' | 'financial-document'

/** A side of a document; `single` where there is only one. */
export type SpecimenSide = 'front' | 'back' | 'single'

type Draw = (person: SpecimenPerson) => Raster

const drawings: Readonly<Record<SpecimenType, Readonly<Partial<Record<SpecimenSide, Draw>>>>> = {
  passport: { single: drawPassport },
  'identity-card': { front: drawIdentityCardFront, back: drawIdentityCardBack },
  'driving-licence': { front: drawDrivingLicenceFront, back: drawDrivingLicenceBack },
  'residence-registration': { single: drawResidenceRegistration },
  'temporary-registration': { single: drawTemporaryRegistration },
  'financial-document': { single: drawFinancialDocument },
}

/** Every type and side that `drawSpecimen` draws, in a fixed order. */
export const specimenSheets: readonly (readonly [SpecimenType, SpecimenSide])[] = (Object.keys(drawings) as SpecimenType[]).flatMap((type) =>
  (Object.keys(drawings[type]) as SpecimenSide[]).map((side) => [type, side] as const),
)

/**
 * Draws one side of a document of Utopia as a PNG, marked "UTOPIA SPECIMEN". The same person gives the same picture.
 * @throws {RangeError} for a side that the document does not have.
 */
export async function drawSpecimen(person: SpecimenPerson, type: SpecimenType, side: SpecimenSide): Promise<Uint8Array<ArrayBuffer>> {
  return encodePng(rasterOf(person, type, side))
}

/**
 * Draws the selfie of a case as a PNG: the person, the document beside the face, the case's code and the words, handwritten.
 * @param code up to 20 of A to Z, a to z, 0 to 9, space and hyphen.
 * @throws {RangeError} for a code with other characters.
 */
export async function drawSelfie(person: SpecimenPerson, code: string, documentType: NumberedType): Promise<Uint8Array<ArrayBuffer>> {
  return encodePng(drawSelfieScene(person, code, rasterOf(person, documentType, documentType === 'passport' ? 'single' : 'front')))
}

function rasterOf(person: SpecimenPerson, type: SpecimenType, side: SpecimenSide): Raster {
  const draw = drawings[type][side]
  if (!draw) throw new RangeError(`A ${type} has no side "${side}".`)
  return draw(person)
}
