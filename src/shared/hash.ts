import { sha256 } from '@noble/hashes/sha2'
import { bytesToHex, concatBytes, utf8ToBytes } from '@noble/hashes/utils'
import { toBase64url } from './base64url.ts'
import { canonicalJson } from './canonical-json.ts'

/** SHA-256 of bytes: 32 bytes. Synchronous, and the same in a browser and in Node. */
export function sha256Bytes(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return new Uint8Array(sha256(concatBytes(...parts)))
}

/** SHA-256 of bytes, as 64 lower-case hexadecimal digits. It names sealed files. */
export function sha256Hex(bytes: Uint8Array): string {
  return bytesToHex(sha256(bytes))
}

/**
 * SHA-256(label ‖ 0x00 ‖ JCS(value)): the hash under everything that is signed, drawn or derived. The label keeps uses apart.
 * @see docs/protocol/statements.md
 */
export function labelledHash(label: string, value: unknown): Uint8Array<ArrayBuffer> {
  return sha256Bytes(utf8ToBytes(label), Uint8Array.of(0), utf8ToBytes(canonicalJson(value)))
}

/** `labelledHash` as unpadded base64url. */
export function labelledHashBase64url(label: string, value: unknown): string {
  return toBase64url(labelledHash(label, value))
}
