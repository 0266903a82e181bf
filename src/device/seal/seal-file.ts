import { sha256Hex } from '../../shared/hash.ts'
import { newIdentity, recipientOf, sealTo } from './age.ts'
import { padded } from './padding.ts'

/** A sealed file, its name, and the one key that opens it. */
export interface SealedFile {
  readonly sealed: Uint8Array
  /** SHA-256 of `sealed`: the file's name at the authority. */
  readonly sha256: string
  /** Secret: the fresh identity that this file alone is sealed to. */
  readonly identity: string
}

/** Seals content once, padded, to a fresh identity of its own; giving that identity to somebody opens this file and nothing else. */
export async function sealFile(plain: Uint8Array): Promise<SealedFile> {
  const identity = await newIdentity()
  const sealed = await sealTo(await recipientOf(identity), padded(plain))
  return { sealed, sha256: sha256Hex(sealed), identity }
}
