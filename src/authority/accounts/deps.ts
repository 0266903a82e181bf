import type { AccountRecord, SessionRecord, SignInChallengeRecord, TrustFile } from '../../shared/contract/types.ts'
import type { Collection } from '../../storage/collection.ts'
import type { Context } from '../context.ts'

/** What the accounts feature works with. Operators sign in too; their passkeys are in the trust file. */
export interface AccountsDeps extends Context {
  readonly accounts: Collection<AccountRecord>
  readonly signInChallenges: Collection<SignInChallengeRecord>
  readonly sessions: Collection<SessionRecord>
  readonly operators: TrustFile['operators']
}
