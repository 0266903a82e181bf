import type { Clock } from '../../shared/clock.ts'
import type { CounterBlockRecord } from '../../shared/contract/types.ts'
import { isAuthorityError } from '../../shared/errors.ts'
import type { Collection } from '../../storage/collection.ts'

/** Counters that a process claims at once. */
export const countersPerBlock = 1024

/** What taking counters needs. */
export interface CounterDeps {
  readonly counterBlocks: Collection<CounterBlockRecord>
  readonly clock: Clock
}

/** Gives status counters, each once, over all processes. */
export interface Counters {
  /**
   * Takes consecutive counters of one block and returns the first. Counters that are taken and not used are never given again.
   * @param count 1 to 1,024.
   * @throws {AuthorityError} `store-unavailable`
   */
  take(count: number): Promise<number>
}

/** The counters of this process: it claims a block by inserting its number, and the next number when another process was first. */
export function createCounters(deps: CounterDeps): Counters {
  let next = 0
  let end = 0
  let turn: Promise<unknown> = Promise.resolve()
  const takeInTurn = async (count: number): Promise<number> => {
    if (end - next < count) {
      next = (await claimBlock(deps)) * countersPerBlock
      end = next + countersPerBlock
    }
    next += count
    return next - count
  }
  return {
    take(count) {
      if (!Number.isInteger(count) || count < 1 || count > countersPerBlock) throw new RangeError('A batch has 1 to 1,024 counters.')
      const mine = turn.then(() => takeInTurn(count))
      turn = mine.catch(() => undefined)
      return mine
    },
  }
}

async function claimBlock({ counterBlocks, clock }: CounterDeps): Promise<number> {
  for (let block = await firstFreeBlock(counterBlocks); ; block++) {
    try {
      await counterBlocks.insert({ id: String(block), takenAtSeconds: clock.nowSeconds() })
      return block
    } catch (error) {
      if (!isAuthorityError(error, 'id-taken')) throw error
    }
  }
}

/** Blocks are dense, so doubling and then halving finds the end in few reads. */
async function firstFreeBlock(blocks: Collection<CounterBlockRecord>): Promise<number> {
  const isTaken = async (block: number): Promise<boolean> => (await blocks.get(String(block))) !== undefined
  if (!(await isTaken(0))) return 0
  let taken = 0
  let free = 1
  while (await isTaken(free)) [taken, free] = [free, free * 2]
  while (free - taken > 1) {
    const middle = Math.floor((taken + free) / 2)
    if (await isTaken(middle)) taken = middle
    else free = middle
  }
  return free
}
