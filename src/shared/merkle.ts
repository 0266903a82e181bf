import { equalBytes } from '@noble/curves/utils'
import { sha256Bytes } from './hash.ts'

/** The hash of a leaf: SHA-256(0x00 ‖ data), RFC 9162, 2.1.1. */
export function leafHash(data: Uint8Array): Uint8Array<ArrayBuffer> {
  return sha256Bytes(Uint8Array.of(0), data)
}

/** The hash of an inner node: SHA-256(0x01 ‖ left ‖ right). */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array<ArrayBuffer> {
  return sha256Bytes(Uint8Array.of(1), left, right)
}

/** The largest power of two smaller than `size`; `size` is at least 2. */
export function splitPoint(size: number): number {
  let split = 1
  while (split * 2 < size) split *= 2
  return split
}

/**
 * Whether `path` leads from a leaf hash at `index` to the root of the tree of `treeSize` leaves.
 * @see RFC 9162, 2.1.3.2
 */
export function isIncluded(leaf: Uint8Array, index: number, treeSize: number, path: readonly Uint8Array[], rootHash: Uint8Array): boolean {
  if (index >= treeSize) return false
  let fn = index
  let sn = treeSize - 1
  let hash: Uint8Array = leaf
  for (const sibling of path) {
    if (sn === 0) return false
    if (fn % 2 === 1 || fn === sn) {
      hash = nodeHash(sibling, hash)
      while (fn % 2 === 0 && fn !== 0) {
        fn = Math.floor(fn / 2)
        sn = Math.floor(sn / 2)
      }
    } else hash = nodeHash(hash, sibling)
    fn = Math.floor(fn / 2)
    sn = Math.floor(sn / 2)
  }
  return sn === 0 && equalBytes(hash, rootHash)
}

/** Whether two byte strings are the same. */
export function isSameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return equalBytes(a, b)
}
