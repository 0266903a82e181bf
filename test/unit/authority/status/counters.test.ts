import { counterBlocks, createCounters } from '../../../../src/authority/status/index.ts'
import type { CounterBlockRecord } from '../../../../src/shared/contract/types.ts'
import type { Collection, DocumentStore } from '../../../../src/storage/collection.ts'
import { failOnce, withFaults } from '../../../support/faulty-store.ts'
import { openMemoryStore } from '../../../support/memory-store.ts'

const clock = { nowSeconds: () => 1_795_000_000 }
let store: DocumentStore
let blocks: Collection<CounterBlockRecord>

beforeEach(() => {
  store = openMemoryStore()
  blocks = store.collection(counterBlocks)
})
afterEach(() => store.close())

describe('counters', () => {
  it('are consecutive within a process and start at 0', async () => {
    const counters = createCounters({ counterBlocks: blocks, clock })
    expect([await counters.take(3), await counters.take(1), await counters.take(100)]).toEqual([0, 3, 4])
  })

  it('never straddle a block: what is left of one is given up', async () => {
    const counters = createCounters({ counterBlocks: blocks, clock })
    await counters.take(1000)
    expect([await counters.take(100), await counters.take(924), await counters.take(1)]).toEqual([1024, 1124, 2048])
  })

  it('are given once, though five processes take them at the same time', async () => {
    const processes = Array.from({ length: 5 }, () => createCounters({ counterBlocks: blocks, clock }))
    const taken = await Promise.all(Array.from({ length: 200 }, async (_, n) => [await processes[n % 5]!.take(50), 50] as const))
    const all = taken.flatMap(([first, count]) => Array.from({ length: count }, (_, at) => first + at))
    expect(new Set(all).size).toBe(10_000)
    expect(taken.filter(([first, count]) => Math.floor(first / 1024) !== Math.floor((first + count - 1) / 1024))).toEqual([])
  })

  it('go on after the last block when a process starts, whatever their number', async () => {
    for (const before of [1, 2, 3, 6, 17]) {
      for (let block = 0; block < before; block++) if (!(await blocks.get(String(block)))) await blocks.insert({ id: String(block), takenAtSeconds: 1 })
      expect(await createCounters({ counterBlocks: blocks, clock }).take(1)).toBe(before * 1024)
      await blocks.remove((await blocks.get(String(before)))!)
    }
  })

  it.each(['fail-and-not-persist', 'fail-but-persist'] as const)('are never given twice when the claim of a block meets %s', async (fault) => {
    const faulty = withFaults(store, failOnce(fault, { verb: 'insert' })).collection(counterBlocks)
    const counters = createCounters({ counterBlocks: faulty, clock })
    await expect(counters.take(1)).rejects.toMatchObject({ code: 'store-unavailable' })
    expect(await counters.take(1)).toBe(fault === 'fail-but-persist' ? 1024 : 0)
  })

  it.each([0, 1025, 1.5])('refuse a batch of %p', async (count) => {
    expect(() => createCounters({ counterBlocks: blocks, clock }).take(count)).toThrow(RangeError)
  })
})
