import type { AccountRecord, SessionRecord, SignInChallengeRecord } from '../../shared/contract/types.ts'
import type { CollectionDefinition } from '../../storage/collection.ts'

/** Accounts: a random id and public keys. Changed by acts alone. */
export const accounts: CollectionDefinition<AccountRecord> = { name: 'accounts', schema: 'records/account', indexes: {} }

/** Nonces of sign-ins under way; removing one is using it. */
export const signInChallenges: CollectionDefinition<SignInChallengeRecord> = {
  name: 'sign-in-challenges',
  schema: 'records/sign-in-challenge',
  indexes: { expiry: ['expiresAtSeconds'] },
}

/** Sessions by the hash of their token. */
export const sessions: CollectionDefinition<SessionRecord> = { name: 'sessions', schema: 'records/session', indexes: { expiry: ['expiresAtSeconds'] } }
