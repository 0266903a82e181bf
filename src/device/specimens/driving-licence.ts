import { drawCard, type CardColours } from './card.ts'
import { line } from './path.ts'
import { printedDate, type SpecimenPerson } from './person.ts'
import { drawSignature } from './ornament.ts'
import { stroke } from './stroke.ts'
import type { Raster, Rgb } from './raster.ts'
import { drawField, drawPortrait, drawRows, ink } from './sheet.ts'
import { drawText } from './text.ts'

const colours: CardColours = { band: [124, 62, 86], paper: [[246, 228, 232], [236, 234, 244]], lines: [196, 146, 166] } // prettier-ignore
const columns = [40, 260, 500, 740] as const

/** The front of a driving licence of Utopia. */
export function drawDrivingLicenceFront(person: SpecimenPerson): Raster {
  const raster = drawCard('DRIVING LICENCE', 'front', colours)
  const { number, issueDate, expiryDate } = person.documents['driving-licence']
  drawPortrait(raster, person.face, 40, 124, 256, 328)
  const rows = [
    [['1. Surname', person.surname.toUpperCase(), 336]],
    [['2. Given names', person.givenNames.toUpperCase(), 336]],
    [['3. Date and place of birth', `${printedDate(person.birthDate)}, ${person.birthPlace.toUpperCase()}`, 336]],
    [['4a. Date of issue', printedDate(issueDate), 336], ['4b. Date of expiry', printedDate(expiryDate), 620]],
    [['4c. Issued by', 'ROADS OFFICE, ANYDRUS', 336]],
    [['5. Licence No.', number, 336], ['9. Categories', 'AM, B, BE', 620]],
    [['8. Address', `${person.address.street}, ${person.address.town}`, 336]],
  ] as const // prettier-ignore
  drawRows(raster, rows, 134, 66, 18)
  drawField(raster, '7. Signature', '', 40, 490)
  drawSignature(raster, person, 56, 550, 21)
  return raster
}

/** The back of a driving licence of Utopia: the vehicles it is for. It carries no barcode. */
export function drawDrivingLicenceBack(person: SpecimenPerson): Raster {
  const raster = drawCard('DRIVING LICENCE', 'back', colours)
  const { number, issueDate, expiryDate } = person.documents['driving-licence']
  const granted = [printedDate(issueDate), printedDate(expiryDate), '-'] as const
  drawTableRow(raster, 116, ['Category', 'From', 'Until', 'Conditions'], 13, [92, 98, 112])
  for (const [index, category] of ['AM', 'B', 'BE'].entries()) drawTableRow(raster, 172 + index * 54, [category, ...granted], 18, ink)
  drawField(raster, '5. Licence No.', number, 40, 380, 19)
  drawField(raster, 'Holder', `${person.givenNames} ${person.surname}`.toUpperCase(), 40, 452, 19)
  drawText(raster, 'Found cards: please return to the Roads Office, Anydrus Bridge, Utopia.', 40, 590, { size: 12, pen: 1.3, paint: [92, 98, 112] })
  return raster
}

function drawTableRow(raster: Raster, y: number, cells: readonly string[], size: number, paint: Rgb): void {
  for (const [index, cell] of cells.entries()) drawText(raster, cell, columns[index] ?? 40, y, { size, pen: size / 8, paint })
  stroke(raster, line(40, y + 18, 960, y + 18), 1.2, [170, 140, 156])
}
