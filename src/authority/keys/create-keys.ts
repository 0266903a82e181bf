import { mkdir } from 'node:fs/promises'
import type { TrustFile } from '../../shared/contract/types.ts'
import { generateKeys } from './generate-keys.ts'
import { finishInstalling, hasKeys } from './key-files.ts'
import type { KeysInput } from './keys-input.ts'

/**
 * Makes the keys of a new authority, which are no demo's: the private half of its root is sealed beside the others, to be taken away.
 * @returns false if the folder has keys, for those are never replaced.
 * @throws {AuthorityError} `invalid-request` if the operators do not have the form of the trust file.
 */
export async function createKeys(input: KeysInput & { readonly secret: Uint8Array; readonly operators: TrustFile['operators'] }): Promise<boolean> {
  await mkdir(input.directory, { recursive: true })
  await finishInstalling(input.directory)
  if (await hasKeys(input.directory)) return false
  await generateKeys(input)
  return true
}
