import { fromBase64url } from './base64url.ts'
import type { ProvenEntry } from './contract/types.ts'
import { leafData } from './logged-entry.ts'
import { leafHash, nodeHash } from './merkle.ts'

/** The two roots that one audit path leads to. */
export interface PathRoots {
  /** Of the tree that ends with the leaf: index + 1 leaves. */
  readonly rootAtLeaf: Uint8Array
  /** Of the tree of `treeSize` leaves. */
  readonly root: Uint8Array
}

/**
 * Follows an audit path (RFC 9162, 2.1.3) and computes both roots that it fixes. Siblings on the left are whole subtrees of leaves before this one,
 * so the same hashes give the root of the tree as it was when this leaf was its last. An audit path of the last leaf of an old tree is thus
 * a proof that the new tree extends the old one.
 * @returns undefined if the path has another length than index and size demand.
 */
export function rootsOfPath(leafHash: Uint8Array, index: number, treeSize: number, path: readonly Uint8Array[]): PathRoots | undefined {
  if (index >= treeSize) return undefined
  const roots = { rootAtLeaf: leafHash, root: leafHash }
  const siblings = path.values()
  for (let node = index, last = treeSize - 1; last > 0; node = Math.floor(node / 2), last = Math.floor(last / 2)) {
    if (node % 2 === 0 && node === last) continue
    const sibling = siblings.next().value
    if (sibling === undefined) return undefined
    if (node % 2 === 1) roots.rootAtLeaf = nodeHash(sibling, roots.rootAtLeaf)
    roots.root = node % 2 === 1 ? nodeHash(sibling, roots.root) : nodeHash(roots.root, sibling)
  }
  return siblings.next().done === true ? roots : undefined
}

/** The root of the tree as it was when a proven entry was its last, which the entry's own audit path fixes; undefined if the path does not fit. */
export function rootAtEntry({ index, salt, entry, path }: ProvenEntry, treeSize: number): Uint8Array | undefined {
  return rootsOfPath(leafHash(leafData(fromBase64url(salt), entry)), index, treeSize, path.map(fromBase64url))?.rootAtLeaf
}
