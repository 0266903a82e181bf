import { gradient } from './colour.ts'
import { drawMrzLine } from './mrz-font.ts'
import { mrzTd3 } from './mrz.ts'
import { drawEmblem, drawSignature, drawSpecimenMark, drawBraid } from './ornament.ts'
import { rectangle } from './path.ts'
import { printedDate, type SpecimenPerson } from './person.ts'
import { fill } from './fill.ts'
import { createRaster, type Raster, type Rgb } from './raster.ts'
import { drawBand, drawField, drawPortrait, drawRows, ink } from './sheet.ts'
import { drawText } from './text.ts'

const width = 1000
const height = 704
const blue: Rgb = [38, 62, 104]

/** The data page of a passport of Utopia: 125 by 88 mm at 8 pixels a millimetre, with its machine readable zone. */
export function drawPassport(person: SpecimenPerson): Raster {
  const raster = createRaster(width, height, gradient([226, 236, 242], [244, 230, 226], width))
  drawBraid(raster, 128, 580, [126, 156, 184], 0.34)
  drawHeader(raster, person)
  drawPortrait(raster, person.face, 40, 134, 262, 338)
  drawRows(raster, rowsOf(person), 142, 57)
  drawField(raster, "Holder's signature", '', 40, 500)
  drawSignature(raster, person, 52, 554, 20)
  drawSpecimenMark(raster, 560, 330, 58, -18)
  drawZone(raster, person)
  return raster
}

/** The two lines of the passport's machine readable zone. */
export function passportMrz(person: SpecimenPerson): readonly string[] {
  const { number, expiryDate } = person.documents.passport
  return mrzTd3({ ...person, issuingState: 'UTO', nationality: 'UTO', number, expiryDate, optionalData: person.nationalIdNumber })
}

function drawHeader(raster: Raster, person: SpecimenPerson): void {
  drawBand(raster, 96, blue)
  drawEmblem(raster, 70, 48, 34, [232, 212, 150])
  drawText(raster, 'REPUBLIC OF UTOPIA', 124, 46, { size: 22, pen: 3, paint: [250, 248, 240], tracking: 3 })
  drawText(raster, 'PASSPORT', 124, 78, { size: 15, pen: 2, paint: [232, 212, 150], tracking: 4 })
  drawText(raster, 'UTOPIA SPECIMEN', 960, 44, { size: 14, pen: 2, paint: [250, 248, 240], tracking: 2, align: 'right' })
  drawText(raster, person.documents.passport.number, 960, 78, { size: 17, pen: 2.2, paint: [232, 212, 150], tracking: 3, align: 'right' })
}

function rowsOf(person: SpecimenPerson): readonly (readonly (readonly [string, string, number])[])[] {
  const { number, issueDate, expiryDate } = person.documents.passport
  return [
    [['Type', 'P', 340], ['Issuing state', 'UTO', 440], ['Passport No.', number, 640]],
    [['Surname', person.surname.toUpperCase(), 340]],
    [['Given names', person.givenNames.toUpperCase(), 340]],
    [['Nationality', 'UTOPIAN', 340], ['National identity No.', person.nationalIdNumber, 640]],
    [['Date of birth', printedDate(person.birthDate), 340], ['Sex', person.sex, 560], ['Place of birth', person.birthPlace.toUpperCase(), 640]],
    [['Date of issue', printedDate(issueDate), 340], ['Date of expiry', printedDate(expiryDate), 640]],
    [['Authority', 'PASSPORT OFFICE, AMAUROT', 340]],
  ] // prettier-ignore
}

function drawZone(raster: Raster, person: SpecimenPerson): void {
  fill(raster, rectangle(0, 588, width, height - 588), [250, 249, 245], 0.88)
  for (const [index, text] of passportMrz(person).entries()) drawMrzLine(raster, text, 53, 636 + index * 42, 20.32, ink)
}
