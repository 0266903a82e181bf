import type { AttestationRecord, DecisionRecord } from '../../shared/contract/types.ts'
import type { CollectionDefinition } from '../../storage/collection.ts'

/** Attestations; their state is the truth from which status lists are derived. Changed by acts alone. */
export const attestations: CollectionDefinition<AttestationRecord> = {
  name: 'attestations',
  schema: 'records/attestation',
  indexes: { account: ['account', 'attestedAtSeconds'], state: ['state'], attested: ['attestedAtSeconds'] },
}

/** What justifies each attestation. Written once. id: the attestation id. */
export const decisionRecords: CollectionDefinition<DecisionRecord> = { name: 'decision-records', schema: 'records/decision-record', indexes: {} }
