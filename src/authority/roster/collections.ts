import type { EnrolmentRecord, RosterRecord } from '../../shared/contract/types.ts'
import type { CollectionDefinition } from '../../storage/collection.ts'

/** The reviewer roster: one document, id `roster`. Changed by operators' signed acts alone. */
export const rosters: CollectionDefinition<RosterRecord> = { name: 'rosters', schema: 'records/roster', indexes: {} }

/** Invitations to become a reviewer, and the requests that came of them. They give no power. */
export const enrolments: CollectionDefinition<EnrolmentRecord> = { name: 'enrolments', schema: 'records/enrolment', indexes: { expiry: ['expiresAtSeconds'] } }
