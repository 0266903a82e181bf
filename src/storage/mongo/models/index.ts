import { accountPersons } from './account-persons.ts'
import { accounts } from './accounts.ts'
import { attestations } from './attestations.ts'
import { caseDesks } from './case-desks.ts'
import { cases } from './cases.ts'
import { counterBlocks } from './counter-blocks.ts'
import { counterUses } from './counter-uses.ts'
import { decisionRecords } from './decision-records.ts'
import { enrolments } from './enrolments.ts'
import { logSegments } from './log-segments.ts'
import { persons } from './persons.ts'
import { rosters } from './rosters.ts'
import { sessions } from './sessions.ts'
import { signInChallenges } from './sign-in-challenges.ts'
import { storeIdentities } from './store-identities.ts'
import { tags } from './tags.ts'
import { vaultItems } from './vault-items.ts'
import { vaults } from './vaults.ts'
import { verdicts } from './verdicts.ts'
import type { RecordSchemas } from './record-schema.ts'

/** Every collection that MongoDB keeps, by name: one file each. A collection that is not here cannot be opened. */
export const recordSchemas: RecordSchemas = {
  'account-persons': accountPersons,
  accounts,
  attestations,
  'case-desks': caseDesks,
  cases,
  'counter-blocks': counterBlocks,
  'counter-uses': counterUses,
  'decision-records': decisionRecords,
  enrolments,
  'log-segments': logSegments,
  persons,
  rosters,
  sessions,
  'sign-in-challenges': signInChallenges,
  'store-identities': storeIdentities,
  tags,
  'vault-items': vaultItems,
  vaults,
  verdicts,
}
