export { vaultItems, vaults } from './collections.ts'
export { addWrap, keepItem, largestItemBytes, openVault, readItem, removeItem, removeWrap, replaceIndex, type VaultDeps } from './vault.ts'
