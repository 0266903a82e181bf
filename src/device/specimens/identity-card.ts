import { drawCard, type CardColours } from './card.ts'
import { drawMrzLine } from './mrz-font.ts'
import { mrzTd1 } from './mrz.ts'
import { drawSignature } from './ornament.ts'
import { rectangle } from './path.ts'
import { printedDate, type SpecimenPerson } from './person.ts'
import { fill } from './fill.ts'
import type { Raster } from './raster.ts'
import { drawField, drawPortrait, drawRows, ink } from './sheet.ts'

const colours: CardColours = { band: [30, 92, 88], paper: [[224, 240, 234], [242, 238, 220]], lines: [110, 166, 152] } // prettier-ignore

/** The front of an identity card of Utopia: portrait and entries. */
export function drawIdentityCardFront(person: SpecimenPerson): Raster {
  const raster = drawCard('IDENTITY CARD', 'front', colours)
  const { number, issueDate, expiryDate } = person.documents['identity-card']
  drawPortrait(raster, person.face, 40, 124, 270, 346)
  const rows = [
    [['Document No.', number, 346], ['National identity No.', person.nationalIdNumber, 640]],
    [['Surname', person.surname.toUpperCase(), 346]],
    [['Given names', person.givenNames.toUpperCase(), 346]],
    [['Nationality', 'UTOPIAN', 346], ['Sex', person.sex, 640]],
    [['Date of birth', printedDate(person.birthDate), 346], ['Place of birth', person.birthPlace.toUpperCase(), 640]],
    [['Date of issue', printedDate(issueDate), 346], ['Date of expiry', printedDate(expiryDate), 640]],
  ] as const // prettier-ignore
  drawRows(raster, rows, 138, 66, 19)
  drawField(raster, "Holder's signature", '', 40, 506)
  drawSignature(raster, person, 60, 562, 22)
  drawField(raster, 'Authority', 'CIVIL REGISTRY, AMAUROT', 346, 546, 17)
  return raster
}

/** The back of an identity card of Utopia: address and machine readable zone. */
export function drawIdentityCardBack(person: SpecimenPerson): Raster {
  const raster = drawCard('IDENTITY CARD', 'back', colours)
  drawField(raster, 'Address', person.address.street.toUpperCase(), 40, 116, 19)
  drawField(raster, '', person.address.town.toUpperCase(), 40, 150, 19)
  drawField(raster, 'National identity No.', person.nationalIdNumber, 40, 232, 19)
  drawField(raster, 'Issued by', 'CIVIL REGISTRY, AMAUROT', 40, 300, 19)
  fill(raster, rectangle(0, 400, raster.width, raster.height - 400), [250, 249, 245], 0.9)
  for (const [index, text] of identityCardMrz(person).entries()) drawMrzLine(raster, text, 55, 466 + index * 56, 29.67, ink)
  return raster
}

/** The three lines of the identity card's machine readable zone. */
export function identityCardMrz(person: SpecimenPerson): readonly string[] {
  const { number, expiryDate } = person.documents['identity-card']
  return mrzTd1({ ...person, issuingState: 'UTO', nationality: 'UTO', number, expiryDate, optionalData: person.nationalIdNumber })
}
