import { drawLetter } from './letter.ts'
import { line } from './path.ts'
import { fullName, type SpecimenPerson } from './person.ts'
import { seededRandom } from './random.ts'
import { stroke } from './stroke.ts'
import type { Raster } from './raster.ts'
import { drawField, drawParagraph, ink } from './sheet.ts'
import { drawText } from './text.ts'

const entries = [
  'Salary, Paperboat Works',
  'Rent',
  'Gooseberry Market',
  'Ferry season ticket',
  'Lantern oil and light',
  'Library of Amaurot',
  'Clockmender, repair',
] as const

/** A month's statement of an account at a bank of Utopia. */
export function drawFinancialDocument(person: SpecimenPerson): Raster {
  const letterhead = { office: 'BANK OF THE OUTER ISLES', place: '3 Counting House Square, UT-00200 Anydrus Bridge', colour: [34, 92, 74] } as const
  const raster = drawLetter({ ...letterhead, title: 'Statement of account' })
  const holder = [fullName(person), person.address.street, person.address.town]
  drawParagraph(raster, holder, 64, 270, { size: 16, pen: 2, paint: ink })
  drawField(raster, 'Account No.', person.accountNumber, 440, 252, 16)
  drawField(raster, 'Period', '01 OCT 2026 - 31 OCT 2026', 440, 318, 16)
  const last = drawEntries(raster, person, 440)
  drawText(raster, 'Amounts in Utopian crowns. This statement is valid without a signature.', 64, last + 70, { size: 11, pen: 1.3, paint: [92, 98, 112] })
  return raster
}

function drawEntries(raster: Raster, person: SpecimenPerson, top: number): number {
  const random = seededRandom(`vouchsafe/specimen-account/v1/${person.seed}`)
  let balance = random.between(90_000, 400_000)
  drawEntry(raster, top, ['Date', 'Entry', 'Amount', 'Balance'], 11)
  drawEntry(raster, top + 52, ['01 OCT', 'Balance brought forward', '', amount(balance)])
  for (const [index, entry] of entries.entries()) {
    const change = index === 0 ? random.between(210_000, 340_000) : -random.between(900, 60_000)
    balance += change
    drawEntry(raster, top + 104 + index * 52, [`${String(3 + index * 4).padStart(2, '0')} OCT`, entry, amount(change), amount(balance)])
  }
  return top + 104 + entries.length * 52
}

function drawEntry(raster: Raster, y: number, [date = '', entry = '', change = '', balance = '']: readonly string[], size = 15): void {
  const style = { size, pen: size / 8, paint: ink }
  drawText(raster, date, 64, y, style)
  drawText(raster, entry, 190, y, style)
  drawText(raster, change, 620, y, { ...style, align: 'right' })
  drawText(raster, balance, 776, y, { ...style, align: 'right' })
  stroke(raster, line(64, y + 18, 776, y + 18), 1, [190, 204, 198])
}

function amount(hundredths: number): string {
  return `${hundredths < 0 ? '-' : ''}${(Math.abs(hundredths) / 100).toFixed(2)}`
}
