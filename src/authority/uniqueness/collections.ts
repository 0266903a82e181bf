import type { AccountPersonRecord, PersonRecord, TagRecord } from '../../shared/contract/types.ts'
import type { CollectionDefinition } from '../../storage/collection.ts'

/** Claims on uniqueness tags: held by a case, then kept by a person for ever. id: OPRF key id, dot, tag. */
export const tags: CollectionDefinition<TagRecord> = { name: 'tags', schema: 'records/tag', indexes: {} }

/** Persons, behind accounts, documents and attestations. Made by acts. */
export const persons: CollectionDefinition<PersonRecord> = { name: 'persons', schema: 'records/person', indexes: {} }

/** Claims: the person behind an account. id: the account id. */
export const accountPersons: CollectionDefinition<AccountPersonRecord> = { name: 'account-persons', schema: 'records/account-person', indexes: {} }
