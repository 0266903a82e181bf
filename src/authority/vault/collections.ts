import type { VaultItemRecord, VaultRecord } from '../../shared/contract/types.ts'
import type { CollectionDefinition } from '../../storage/collection.ts'

/** Vaults: the sealed index and the wraps of the vault identity. id: the account id. */
export const vaults: CollectionDefinition<VaultRecord> = { name: 'vaults', schema: 'records/vault', indexes: {} }

/** Which sealed items an account keeps; the bytes are in the blob store. */
export const vaultItems: CollectionDefinition<VaultItemRecord> = {
  name: 'vault-items',
  schema: 'records/vault-item',
  indexes: { account: ['account'] },
}
