import { utf8ToBytes } from '@noble/hashes/utils'
import { sha256Hex } from '../shared/hash.ts'

/** A key's fingerprint for people to compare: the first 96 bits of its SHA-256, in groups. */
export function fingerprint(key: string): string {
  return (sha256Hex(utf8ToBytes(key)).slice(0, 24).match(/.{4}/g) ?? []).join(' ')
}
