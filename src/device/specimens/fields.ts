import { fullName, type NumberedType, type SpecimenPerson } from './person.ts'

/** The fields that an applicant types, as the documents print them. */
export interface SpecimenFields {
  readonly name: string
  readonly 'national-id-number': string
  readonly phone: string
}

/** A piece of numbered evidence: what a uniqueness tag is made of. */
export interface SpecimenDocumentKey {
  readonly type: NumberedType | 'national-id-number'
  readonly issuingState: 'UTO'
  readonly number: string
}

/** What the person types beside the pictures. */
export function specimenFields(person: SpecimenPerson): SpecimenFields {
  return { name: fullName(person), 'national-id-number': person.nationalIdNumber, phone: person.phone }
}

/** All numbered evidence of the person; a case uses those whose documents it holds, and the national id number. */
export function specimenDocumentKeys({ documents, nationalIdNumber }: SpecimenPerson): readonly SpecimenDocumentKey[] {
  const types = ['passport', 'identity-card', 'driving-licence'] as const
  const keys = types.map((type) => ({ type, issuingState: 'UTO', number: documents[type].number }) as const)
  return [...keys, { type: 'national-id-number', issuingState: 'UTO', number: nationalIdNumber }]
}
