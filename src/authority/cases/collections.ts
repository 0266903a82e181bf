import type { CaseDeskRecord, CaseRecord } from '../../shared/contract/types.ts'
import type { CollectionDefinition } from '../../storage/collection.ts'

/** Cases, changed by acts alone. `duty` names the work that a case waits for. */
export const cases: CollectionDefinition<CaseRecord> = {
  name: 'cases',
  schema: 'records/case',
  indexes: { account: ['account', 'openedAtSeconds'], state: ['state', 'openedAtSeconds'], duty: ['duty', 'dutyAtSeconds'] },
}

/** What the log need not know of a case: uploads, leases, evaluations. id: the case id. */
export const caseDesks: CollectionDefinition<CaseDeskRecord> = { name: 'case-desks', schema: 'records/case-desk', indexes: {} }
