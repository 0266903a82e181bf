import { mrzCheckDigit, mrzTd1, mrzTd3 } from '../../../../src/device/specimens/index.ts'
import { specimenPerson } from '../../../../src/device/specimens/person.ts'
import { passportMrz } from '../../../../src/device/specimens/passport.ts'
import { identityCardMrz } from '../../../../src/device/specimens/identity-card.ts'

/** The example person of ICAO Doc 9303, a fact of that standard. */
const anna = {
  issuingState: 'UTO',
  nationality: 'UTO',
  surname: 'Eriksson',
  givenNames: 'Anna Maria',
  birthDate: '1974-08-12',
  sex: 'F',
  expiryDate: '2012-04-15',
} as const

describe('machine readable zones', () => {
  it('writes the passport example of ICAO Doc 9303-4', () => {
    expect(mrzTd3({ ...anna, number: 'L898902C3', optionalData: 'ZE184226B' })).toEqual([
      'P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<',
      'L898902C36UTO7408122F1204159ZE184226B<<<<<10',
    ])
  })

  it('writes the identity card example of ICAO Doc 9303-5', () => {
    expect(mrzTd1({ ...anna, number: 'D23145890' })).toEqual([
      'I<UTOD231458907<<<<<<<<<<<<<<<',
      '7408122F1204159UTO<<<<<<<<<<<6',
      'ERIKSSON<<ANNA<MARIA<<<<<<<<<<',
    ])
  })

  it('computes the check digit of the standard: digits, letters and fillers', () => {
    expect(['L898902C3', '740812', '120415', '<<<<<', '520727'].map(mrzCheckDigit)).toEqual(['6', '2', '9', '0', '3'])
  })

  it('writes an unspecified sex as a filler and a hyphen in a name as one', () => {
    const [, second] = mrzTd3({ ...anna, number: 'L898902C3', sex: 'X' })
    expect(second.charAt(20)).toBe('<')
    expect(mrzTd3({ ...anna, number: 'L898902C3', givenNames: 'Anna-Maria' })[0]).toBe('P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<')
  })

  it.each(['one', 'two', 'three', 'four'])('gives person %s zones of the right size whose check digits hold', (seed) => {
    const person = specimenPerson(seed)
    const [name, numbers] = passportMrz(person) as [string, string]
    const [first, second, third] = identityCardMrz(person) as [string, string, string]
    expect([name, numbers].map(({ length }) => length)).toEqual([44, 44])
    expect([first, second, third].map(({ length }) => length)).toEqual([30, 30, 30])
    for (const [field, digit] of [[0, 9], [13, 19], [21, 27], [28, 42]] as const) expect(mrzCheckDigit(numbers.slice(field, digit))).toBe(numbers.charAt(digit)) // prettier-ignore
    expect(mrzCheckDigit(numbers.slice(0, 10) + numbers.slice(13, 20) + numbers.slice(21, 43))).toBe(numbers.charAt(43))
    expect(mrzCheckDigit(first.slice(5, 30) + second.slice(0, 7) + second.slice(8, 15) + second.slice(18, 29))).toBe(second.charAt(29))
  })
})
