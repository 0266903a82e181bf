import { specimenCanaries, specimenDocumentKeys, specimenFields, specimenPerson } from '../../../../src/device/specimens/index.ts'
import { identityCardMrz } from '../../../../src/device/specimens/identity-card.ts'
import { passportMrz } from '../../../../src/device/specimens/passport.ts'

const seeds = Array.from({ length: 300 }, (_, index) => `applicant-${index}`)

describe('specimen persons', () => {
  it('are the same for the same seed', () => {
    expect(specimenPerson('someone')).toEqual(specimenPerson('someone'))
  })

  it('share no number and no passport, whatever the seed', () => {
    const keys = seeds.flatMap((seed) => specimenDocumentKeys(specimenPerson(seed)).map(({ type, number }) => `${type} ${number}`))
    expect(new Set(keys).size).toBe(seeds.length * 4)
  })

  it('type the fields that their documents print', () => {
    const person = specimenPerson('someone')
    const fields = specimenFields(person)
    expect(fields.name).toBe(`${person.givenNames} ${person.surname}`)
    expect(passportMrz(person)[1]).toContain(fields['national-id-number'])
    expect(fields.phone).toMatch(/^\+999\d{10}$/)
  })

  it('have documents that are in date for years, and end the day before an anniversary', () => {
    for (const seed of seeds) {
      for (const { issueDate, expiryDate } of Object.values(specimenPerson(seed).documents)) {
        expect(Date.parse(issueDate)).toBeLessThan(Date.parse('2024-01-01'))
        expect(Date.parse(expiryDate)).toBeGreaterThan(Date.parse('2030-12-31'))
        expect(Number(expiryDate.slice(8))).toBe(Number(issueDate.slice(8)) - 1)
      }
    }
  })

  it('name as canaries every number, name, date and line of a machine readable zone, each too long to be met by chance', () => {
    for (const seed of seeds.slice(0, 40)) {
      const person = specimenPerson(seed)
      const canaries = specimenCanaries(person)
      const keys = specimenDocumentKeys(person).map(({ number }) => number)
      expect(canaries).toEqual(expect.arrayContaining([...keys, ...Object.values(specimenFields(person)), ...passportMrz(person), ...identityCardMrz(person)]))
      expect(canaries).toEqual(expect.arrayContaining([person.birthDate, person.address.street, person.address.town, person.surname.toUpperCase()]))
      expect(canaries.filter(({ length }) => length < 8)).toEqual([])
    }
  })
})
