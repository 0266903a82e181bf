import { drawLetter, drawStamp } from './letter.ts'
import { drawSignature } from './ornament.ts'
import { printedDate, type SpecimenPerson } from './person.ts'
import type { Raster } from './raster.ts'
import { drawParagraph, drawPortrait, drawRows, ink } from './sheet.ts'

/** The permit for a temporary stay at an address in Utopia, with a portrait. */
export function drawTemporaryRegistration(person: SpecimenPerson): Raster {
  const letterhead = { office: 'OFFICE FOR TEMPORARY STAYS', place: '7 Ferry Gate, UT-00400 Macarenses Hill', colour: [112, 72, 40] } as const
  const raster = drawLetter({ ...letterhead, title: 'Temporary registration' })
  drawPortrait(raster, person.face, 580, 250, 196, 252)
  const rows = [
    [['Permit No.', person.permitNumber, 64]],
    [['Surname', person.surname.toUpperCase(), 64]],
    [['Given names', person.givenNames.toUpperCase(), 64]],
    [['Date of birth', printedDate(person.birthDate), 64], ['Sex', person.sex, 330]],
    [['Place of stay', person.address.street.toUpperCase(), 64]],
    [['Town', person.address.town.toUpperCase(), 64]],
    [['Valid from', '01 APR 2026', 64], ['Valid until', '31 MAR 2031', 330]],
    [['National identity No.', person.nationalIdNumber, 64]],
  ] as const // prettier-ignore
  drawRows(raster, rows, 270, 74, 19)
  const terms = [
    'The holder may stay at the place named above until the last day shown.',
    'A change of address is to be notified to this office within fourteen days.',
  ]
  drawParagraph(raster, terms, 64, 890, { size: 13, pen: 1.6, paint: ink })
  drawStamp(raster, ['TEMPORARY', 'STAYS'], 640, 1030, [140, 74, 40])
  drawSignature(raster, person, 90, 1030, 24)
  drawParagraph(raster, ["Holder's signature"], 64, 1080, { size: 11, pen: 1.3, paint: [92, 98, 112] })
  return raster
}
