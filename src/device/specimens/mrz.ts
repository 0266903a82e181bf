/** What both machine readable zones state. Dates are `YYYY-MM-DD`; names any case, words parted by spaces or hyphens. */
export interface MrzInput {
  readonly issuingState: string
  readonly nationality: string
  readonly surname: string
  readonly givenNames: string
  readonly number: string
  readonly birthDate: string
  readonly sex: 'F' | 'M' | 'X'
  readonly expiryDate: string
  readonly optionalData?: string
}

const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'
const weights = [7, 3, 1]

/** The check digit over a field: digits count as themselves, A to Z as 10 to 35, `<` as 0, with weights 7, 3, 1. @see ICAO Doc 9303-3, 4.9 */
export function mrzCheckDigit(field: string): string {
  const sum = Array.from(field).reduce((total, character, index) => total + Math.max(0, digits.indexOf(character)) * (weights[index % 3] ?? 0), 0)
  return String(sum % 10)
}

/** The two lines of 44 characters of a passport. @see ICAO Doc 9303-4, 4.2 */
export function mrzTd3(input: MrzInput): readonly [string, string] {
  const checked = [withCheckDigit(filled(input.number, 9)), dateField(input.birthDate), dateField(input.expiryDate)] as const
  const optional = filled(input.optionalData ?? '', 14)
  const optionalDigit = /^<+$/.test(optional) ? '<' : mrzCheckDigit(optional)
  const [number, birth, expiry] = checked
  const composite = mrzCheckDigit(number + birth + expiry + optional + optionalDigit)
  const second = number + filled(input.nationality, 3) + birth + sexField(input) + expiry + optional + optionalDigit + composite
  return [`P<${filled(input.issuingState, 3)}${nameField(input, 39)}`, second]
}

/** The three lines of 30 characters of an identity card. @see ICAO Doc 9303-5, 4.2 */
export function mrzTd1(input: MrzInput): readonly [string, string, string] {
  const number = withCheckDigit(filled(input.number, 9))
  const [birth, expiry] = [dateField(input.birthDate), dateField(input.expiryDate)]
  const optional = filled(input.optionalData ?? '', 15)
  const spare = filled('', 11)
  const second = birth + sexField(input) + expiry + filled(input.nationality, 3) + spare
  const composite = mrzCheckDigit(number + optional + birth + expiry + spare)
  return [`I<${filled(input.issuingState, 3)}${number}${optional}`, second + composite, nameField(input, 30)]
}

function withCheckDigit(field: string): string {
  return field + mrzCheckDigit(field)
}

function dateField(date: string): string {
  return withCheckDigit(date.slice(2).replaceAll('-', ''))
}

function sexField({ sex }: MrzInput): string {
  return sex === 'X' ? '<' : sex
}

function nameField({ surname, givenNames }: MrzInput, length: number): string {
  return filled(`${surname}<<${givenNames}`.toUpperCase().replace(/[ -]/g, '<').replaceAll("'", ''), length)
}

function filled(text: string, length: number): string {
  return text.padEnd(length, '<').slice(0, length)
}
