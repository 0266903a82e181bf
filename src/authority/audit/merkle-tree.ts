import { leafHash, nodeHash, splitPoint } from '../../shared/merkle.ts'
import { sha256Bytes } from '../../shared/hash.ts'

/** A Merkle tree of RFC 9162 that grows: roots and audit paths of any size it has had. */
export interface MerkleTree {
  readonly size: number
  append(data: Uint8Array): void
  /** The hash of one leaf, 32 bytes. */
  leafHash(index: number): Uint8Array
  /** The root of the first `treeSize` leaves, 32 bytes. */
  rootHash(treeSize: number): Uint8Array
  /** The audit path of a leaf in the tree of `treeSize` leaves, lowest sibling first. */
  inclusionPath(index: number, treeSize: number): Uint8Array[]
}

/** Keeps the hash of each complete subtree, so that roots and paths cost a logarithm of the size. */
export function createMerkleTree(): MerkleTree {
  const levels: Uint8Array[][] = [[]]

  const hashOf = (start: number, end: number): Uint8Array => {
    const size = end - start
    const level = Math.log2(size)
    const complete = Number.isInteger(level) && start % size === 0 ? levels[level]?.[start / size] : undefined
    if (complete) return complete
    const middle = start + splitPoint(size)
    return nodeHash(hashOf(start, middle), hashOf(middle, end))
  }

  const pathTo = (index: number, start: number, end: number): Uint8Array[] => {
    if (end - start === 1) return []
    const middle = start + splitPoint(end - start)
    return index < middle ? [...pathTo(index, start, middle), hashOf(middle, end)] : [...pathTo(index, middle, end), hashOf(start, middle)]
  }

  return {
    get size() {
      return levels[0]?.length ?? 0
    },
    append: (data) => addNode(levels, 0, leafHash(data)),
    leafHash: (index) => hashOf(index, index + 1),
    rootHash: (treeSize) => (treeSize === 0 ? sha256Bytes() : hashOf(0, treeSize)),
    inclusionPath: (index, treeSize) => pathTo(index, 0, treeSize),
  }
}

function addNode(levels: Uint8Array[][], level: number, hash: Uint8Array): void {
  const nodes = (levels[level] ??= [])
  nodes.push(hash)
  const left = nodes.at(-2)
  if (nodes.length % 2 === 0 && left) addNode(levels, level + 1, nodeHash(left, hash))
}
