import type { AccountPersonRecord, CaseRecord, PersonRecord, TagRecord } from '../../shared/contract/types.ts'
import type { Collection } from '../../storage/collection.ts'
import type { Context } from '../context.ts'
import type { OprfKey } from '../keys/index.ts'

/** What the uniqueness feature works with. */
export interface UniquenessDeps extends Context {
  readonly tags: Collection<TagRecord>
  readonly persons: Collection<PersonRecord>
  readonly accountPersons: Collection<AccountPersonRecord>
  readonly cases: Collection<CaseRecord>
  readonly oprfKeys: readonly OprfKey[]
}
