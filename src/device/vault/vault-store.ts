import type { VaultReply } from '../../shared/contract/types.ts'
import type { AuthorityApi } from '../api/authority-api.ts'
import { isAuthorityProblem } from '../api/authority-problem.ts'
import type { Device } from '../device.ts'
import { DeviceError } from '../device-error.ts'
import type { DeviceMemory } from '../device-memory.ts'
import { emptyIndex, openIndex, sealIndex, type VaultIndex, type VaultKey } from './vault-index.ts'

type Deps = Pick<Device, 'api' | 'memory'>

const counterKey = 'vault-counter'

/**
 * The vault's index as the authority keeps it, checked: made by the owner, and no older than one that this device has seen.
 * @throws {DeviceError} `vault-rolled-back`, `vault-not-genuine`, `cannot-open`
 */
export async function readVault(deps: Deps, key: VaultKey): Promise<{ readonly index: VaultIndex; readonly counter: number }> {
  return checkedVault(deps, key, await deps.api.vault())
}

/**
 * Changes the index by compare-and-swap: reads, changes, seals, replaces, and begins anew if another device was faster. Durable when it resolves.
 * @param change may be called several times; it makes the next index out of the newest.
 * @throws {DeviceError} as `readVault`; `vault-changed` if other devices win again and again.
 */
export async function changeVault(deps: Deps, key: VaultKey, change: (index: VaultIndex) => VaultIndex): Promise<VaultIndex> {
  for (let attempt = 0; attempt < 5; attempt++) {
    const { index, counter } = await readVault(deps, key)
    const next = change(index)
    if (await isReplaced(deps.api, counter, await sealIndex(key, counter + 1, next))) {
      await rememberCounter(deps.memory, counter + 1)
      return next
    }
  }
  throw new DeviceError('vault-changed', 'Other devices keep changing the vault. Try again.')
}

async function isReplaced(api: AuthorityApi, counter: number, sealedIndex: string): Promise<boolean> {
  try {
    await api.replaceVaultIndex(counter, sealedIndex)
    return true
  } catch (error) {
    if (!isAuthorityProblem(error, 'stale-version')) throw error
    // An answer may have been lost on the way: then what is there is what was sent.
    return (await api.vault()).sealedIndex === sealedIndex
  }
}

async function checkedVault({ memory }: Deps, key: VaultKey, { counter, sealedIndex }: VaultReply): Promise<{ index: VaultIndex; counter: number }> {
  if (counter < Number((await memory.get(counterKey)) ?? 0)) throw new DeviceError('vault-rolled-back', 'The authority showed an older vault than before.')
  const index = sealedIndex === '' && counter === 0 ? emptyIndex : await openIndex(key, counter, sealedIndex)
  await rememberCounter(memory, counter)
  return { index, counter }
}

async function rememberCounter(memory: DeviceMemory, counter: number): Promise<void> {
  if (counter > Number((await memory.get(counterKey)) ?? -1)) await memory.set(counterKey, String(counter))
}
