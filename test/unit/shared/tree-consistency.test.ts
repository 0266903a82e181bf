import { createMerkleTree } from '../../../src/authority/audit/merkle-tree.ts'
import { isSameBytes } from '../../../src/shared/merkle.ts'
import { rootsOfPath } from '../../../src/shared/tree-consistency.ts'

const tree = createMerkleTree()
for (let leaf = 0; leaf < 70; leaf++) tree.append(Uint8Array.of(leaf))
const cases = Array.from({ length: 70 }, (_, at) => at + 1).flatMap((treeSize) => Array.from({ length: treeSize }, (_, index) => ({ treeSize, index })))

describe('the roots of an audit path', () => {
  test('are the roots of the old and the new tree, for each leaf of each tree of up to 70', () => {
    for (const { treeSize, index } of cases) {
      const roots = rootsOfPath(tree.leafHash(index), index, treeSize, tree.inclusionPath(index, treeSize))
      expect(roots && isSameBytes(roots.root, tree.rootHash(treeSize)) && isSameBytes(roots.rootAtLeaf, tree.rootHash(index + 1))).toBe(true)
    }
  })

  test('do not exist for a path that is too short or too long, or for a leaf beyond the end', () => {
    for (const { treeSize, index } of cases.filter(({ treeSize }) => treeSize > 1 && treeSize < 20)) {
      const path = tree.inclusionPath(index, treeSize)
      expect(rootsOfPath(tree.leafHash(index), index, treeSize, path.slice(1))).toBeUndefined()
      expect(rootsOfPath(tree.leafHash(index), index, treeSize, [...path, path[0]!])).toBeUndefined()
      expect(rootsOfPath(tree.leafHash(index), treeSize, treeSize, path)).toBeUndefined()
    }
  })

  test('are others when a sibling is', () => {
    const [index, treeSize] = [12, 33]
    const path = tree.inclusionPath(index, treeSize)
    for (const at of path.keys()) {
      const roots = rootsOfPath(tree.leafHash(index), index, treeSize, path.with(at, new Uint8Array(32)))
      expect(roots && isSameBytes(roots.root, tree.rootHash(treeSize))).toBe(false)
    }
  })
})
