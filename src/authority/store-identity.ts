import type { Environment, StoreIdentityRecord } from '../shared/contract/types.ts'
import { AuthorityError, isAuthorityError } from '../shared/errors.ts'
import type { Collection, CollectionDefinition } from '../storage/collection.ts'

/** To whom this store belongs: one document, id `identity`. */
export const storeIdentities: CollectionDefinition<StoreIdentityRecord> = { name: 'store-identities', schema: 'records/store-identity', indexes: {} }

const identityId = 'identity'

/**
 * Makes a new store ours, and refuses one that belongs to another issuer or environment.
 * @throws {AuthorityError} `store-of-another-issuer`
 */
export async function claimStore(identities: Collection<StoreIdentityRecord>, issuer: string, environment: Environment): Promise<void> {
  const known = (await identities.get(identityId)) ?? (await insertIdentity(identities, issuer, environment))
  if (known.issuer === issuer && known.environment === environment) return
  throw new AuthorityError('store-of-another-issuer', `The store belongs to ${known.issuer} in the ${known.environment} environment.`)
}

async function insertIdentity(identities: Collection<StoreIdentityRecord>, issuer: string, environment: Environment): Promise<StoreIdentityRecord> {
  try {
    return await identities.insert({ id: identityId, issuer, environment, sweptIndex: 0 })
  } catch (error) {
    const known = isAuthorityError(error, 'id-taken') ? await identities.get(identityId) : undefined
    if (!known) throw error
    return known
  }
}

/** How far intents have been checked for effect. */
export async function sweptIndex(identities: Collection<StoreIdentityRecord>): Promise<number> {
  return (await identities.get(identityId))?.sweptIndex ?? 0
}

/** Notes how far intents have been checked; another process's note may win, and nothing is lost. */
export async function noteSwept(identities: Collection<StoreIdentityRecord>, index: number): Promise<void> {
  const known = await identities.get(identityId)
  if (!known || known.sweptIndex >= index) return
  await identities.replace({ ...known, sweptIndex: index }).catch((error: unknown) => {
    if (!isAuthorityError(error, 'stale-version')) throw error
  })
}
