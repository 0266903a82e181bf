import { faceOf, type Face } from './face-traits.ts'
import { seededRandom, type SeededRandom } from './random.ts'

/** A numbered document of a specimen person. Dates are `YYYY-MM-DD`. */
export interface SpecimenDocument {
  readonly number: string
  readonly issueDate: string
  readonly expiryDate: string
}

/** The evidence types that carry a number of their own. */
export type NumberedType = 'passport' | 'identity-card' | 'driving-licence'

/** A fictional person of the fictional state UTO (Utopia, ICAO Doc 9303's example state). Nobody real is meant. */
export interface SpecimenPerson {
  readonly seed: string
  readonly givenNames: string
  readonly surname: string
  readonly birthDate: string
  readonly birthPlace: string
  readonly sex: 'F' | 'M'
  readonly nationalIdNumber: string
  readonly phone: string
  readonly address: { readonly street: string; readonly town: string }
  readonly residentSince: string
  readonly accountNumber: string
  readonly registrationNumber: string
  readonly permitNumber: string
  readonly documents: Readonly<Record<NumberedType, SpecimenDocument>>
  readonly face: Face
}

const givenNames = {
  F: ['Brindaleth', 'Zephyrelle', 'Mirabrook', 'Lindorave', 'Junipetra', 'Ottalinda', 'Clovermay', 'Silvershade'],
  M: ['Quillander', 'Oswindrel', 'Yarrowmere', 'Fennimoral', 'Eldorwynn', 'Barnabright', 'Corrindale', 'Thornaby'],
} as const
const surnames = [
  'Marrowquay', 'Thistlefen', 'Umberglass', 'Quincewater', 'Larkenspire', 'Emberlough', 'Wintergorse',
  'Copperdown', 'Fogharbour', 'Saltmarrow', 'Pellandrake', 'Vesperholt', 'Moonbracken', 'Tidewarren', 'Hazelquist', 'Ironmallow',
] as const // prettier-ignore
const towns = ['Amaurot Quay', 'Anydrus Bridge', 'Nephelogetia', 'Polylerion', 'Macarenses Hill', 'Achorian Ferry'] as const
const streets = ['Lanternfish Row', 'Clockmender Lane', 'Paperboat Walk', 'Windmill Parade', 'Gooseberry Steps', 'Tinderbox Close'] as const

/** The person of a seed: the same seed gives the same person, face and numbers; another seed gives other numbers. */
export function specimenPerson(seed: string): SpecimenPerson {
  const random = seededRandom(`vouchsafe/specimen-person/v1/${seed}`)
  const sex = random.pick(['F', 'M'] as const)
  const first = random.pick(givenNames[sex])
  const second = random.pick(givenNames[sex].filter((name) => name !== first))
  return {
    seed,
    sex,
    givenNames: `${first} ${second}`,
    surname: random.pick(surnames),
    birthDate: dateIn(random, 1961, 2003),
    birthPlace: random.pick(towns),
    nationalIdNumber: `9${random.digits(11)}`,
    phone: `+99955${random.digits(8)}`,
    address: { street: `${random.between(11, 989)} ${random.pick(streets)}`, town: `UT-${random.digits(5)} ${random.pick(towns)}` },
    residentSince: dateIn(random, 2012, 2020),
    accountNumber: `UT${random.digits(18)}`,
    registrationNumber: `UR${random.digits(9)}`,
    permitNumber: `UT${random.digits(9)}`,
    documents: {
      passport: numbered(random, `UP${random.digits(7)}`, 10),
      'identity-card': numbered(random, `UC${random.digits(7)}`, 10),
      'driving-licence': numbered(random, `UD${random.digits(10)}`, 15),
    },
    face: faceOf(seed, sex),
  }
}

/** The name as an applicant types it. */
export function fullName({ givenNames, surname }: SpecimenPerson): string {
  return `${givenNames} ${surname}`
}

/** `1987-03-14` as documents of Utopia print it: `14 MAR 1987`. */
export function printedDate(date: string): string {
  const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC']
  const [year = '', month = '', day = ''] = date.split('-')
  return `${day} ${months[Number(month) - 1]} ${year}`
}

function numbered(random: SeededRandom, number: string, years: number): SpecimenDocument {
  const issueDate = dateIn(random, 2021, 2023)
  const [year, month, day] = issueDate.split('-').map(Number) as [number, number, number]
  return { number, issueDate, expiryDate: isoDate(year + years, month, day - 1) }
}

function dateIn(random: SeededRandom, firstYear: number, lastYear: number): string {
  return isoDate(random.between(firstYear, lastYear), random.between(1, 12), random.between(2, 28))
}

function isoDate(year: number, month: number, day: number): string {
  return [year, String(month).padStart(2, '0'), String(day).padStart(2, '0')].join('-')
}
