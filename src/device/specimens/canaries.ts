import { identityCardMrz } from './identity-card.ts'
import { passportMrz } from './passport.ts'
import { fullName, printedDate, type SpecimenPerson } from './person.ts'

/**
 * Every string of personal data that the person's documents and fields show, for a scanner that looks for leaks.
 * Each has at least eight characters and is no word of any language, so that a hit is a leak and not chance.
 */
export function specimenCanaries(person: SpecimenPerson): readonly string[] {
  const names = [...person.givenNames.split(' '), person.surname, person.givenNames, fullName(person)]
  const dates = [person.birthDate, person.residentSince, ...Object.values(person.documents).flatMap(({ issueDate, expiryDate }) => [issueDate, expiryDate])]
  const numbers = [person.nationalIdNumber, person.phone, person.phone.slice(1), person.accountNumber, person.registrationNumber, person.permitNumber]
  const documentNumbers = Object.values(person.documents).map(({ number }) => number)
  const address = [person.address.street, person.address.town]
  const written = [...names, ...address].flatMap((text) => [text, text.toUpperCase()])
  const mrz = [...passportMrz(person), ...identityCardMrz(person)]
  return [...new Set([...written, ...dates, ...dates.map(printedDate), ...numbers, ...documentNumbers, ...mrz])]
}
