import { drawLetter, drawStamp } from './letter.ts'
import { drawSignature } from './ornament.ts'
import { fullName, printedDate, type SpecimenPerson } from './person.ts'
import type { Raster } from './raster.ts'
import { drawParagraph, drawRows, ink } from './sheet.ts'

/** The certificate of a registered residence in Utopia. */
export function drawResidenceRegistration(person: SpecimenPerson): Raster {
  const letterhead = { office: 'REGISTRY OF RESIDENTS', place: 'Town Hall, 1 Harbour Stairs, UT-00100 Amaurot', colour: [44, 78, 120] } as const
  const raster = drawLetter({ ...letterhead, title: 'Certificate of residence' })
  const text = { size: 14, pen: 1.7, paint: ink }
  drawParagraph(
    raster,
    ['The registry confirms that the person named below is registered', 'as living at this address, and has been since the date shown.'],
    64,
    262,
    text,
  )
  const rows = [
    [['Surname', person.surname.toUpperCase(), 64], ['Registration No.', person.registrationNumber, 480]],
    [['Given names', person.givenNames.toUpperCase(), 64]],
    [['Date of birth', printedDate(person.birthDate), 64], ['National identity No.', person.nationalIdNumber, 480]],
    [['Street', person.address.street.toUpperCase(), 64]],
    [['Town', person.address.town.toUpperCase(), 64]],
    [['Living there since', printedDate(person.residentSince), 64], ['Certificate issued', '05 OCT 2026', 480]],
  ] as const // prettier-ignore
  drawRows(raster, rows, 350, 78, 19)
  drawParagraph(raster, [`${fullName(person)} is the sole registered occupant.`, 'This certificate was made for presentation to third parties.'], 64, 840, text)
  drawStamp(raster, ['REGISTRY', 'AMAUROT'], 640, 1010, [52, 84, 150])
  drawSignature(raster, { givenNames: 'Registrar', surname: 'Inkwellian' }, 96, 1020, 24)
  drawParagraph(raster, ['The Registrar of Residents'], 64, 1068, { size: 11, pen: 1.3, paint: [92, 98, 112] })
  return raster
}
