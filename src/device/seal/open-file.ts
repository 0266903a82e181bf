import { sha256Hex } from '../../shared/hash.ts'
import { DeviceError } from '../device-error.ts'
import { openWith } from './age.ts'
import { unpadded } from './padding.ts'

/**
 * Opens a sealed file, after checking that it is the one that was named.
 * @throws {DeviceError} `cannot-open` if the bytes have another hash, or the identity does not open them.
 */
export async function openFile(sealed: Uint8Array, expected: { readonly sha256: string; readonly identity: string }): Promise<Uint8Array> {
  if (sha256Hex(sealed) !== expected.sha256) throw new DeviceError('cannot-open', 'The authority sent another file than the one that was named.')
  return unpadded(await openWith(expected.identity, sealed))
}
