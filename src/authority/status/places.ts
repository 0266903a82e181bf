import { createHmac } from 'node:crypto'
import { placesPerList } from './encode-lists.ts'

/** Where the status of a copy stands: the same index in each format's list of this number. */
export interface Place {
  readonly list: number
  readonly index: number
}

/** Finds the place of a counter. Places say nothing of the order of issuing, and a batch is spread over several lists. */
export type PlaceOf = (counter: number) => Place

/** Lists that are filled together. */
export const listsPerGeneration = 8

/** Counters that fill a generation: 2^20. */
export const countersPerGeneration = placesPerList * listsPerGeneration

const rounds = 10
const halfBits = 10
const halfSize = 1 << halfBits
const keptGenerations = 8

/**
 * The placing under a key: in each generation a permutation of 2^20 counters, a balanced Feistel network of ten rounds whose round function is HMAC-SHA256.
 * The round function has only 1,024 inputs, so each generation's tables are computed once.
 * @param key 32 bytes.
 * @see docs/protocol/status.md, "Places"
 */
export function createPlaceOf(key: Uint8Array): PlaceOf {
  const tables = new Map<number, readonly Uint16Array[]>()
  const tablesOf = (generation: number): readonly Uint16Array[] => {
    const found = tables.get(generation) ?? roundTables(key, generation)
    tables.delete(generation)
    tables.set(generation, found)
    if (tables.size > keptGenerations) tables.delete([...tables.keys()][0] ?? generation)
    return found
  }
  return (counter) => {
    if (!Number.isSafeInteger(counter) || counter < 0) throw new RangeError('A counter is a whole number from 0.')
    const generation = Math.floor(counter / countersPerGeneration)
    const place = permuted(tablesOf(generation), counter % countersPerGeneration)
    return { list: generation * listsPerGeneration + (place >> 17), index: place & (placesPerList - 1) }
  }
}

function permuted(tables: readonly Uint16Array[], value: number): number {
  let left = value >> halfBits
  let right = value & (halfSize - 1)
  for (const table of tables) [left, right] = [right, left ^ (table[right] ?? 0)]
  return (left << halfBits) | right
}

function roundTables(key: Uint8Array, generation: number): readonly Uint16Array[] {
  return Array.from({ length: rounds }, (_, round) => roundTable(key, `${String(generation)}.${String(round)}`))
}

function roundTable(key: Uint8Array, tweak: string): Uint16Array {
  const table = new Uint16Array(halfSize)
  for (let block = 0; block < halfSize / 16; block++) table.set(sixteenHalves(key, `${tweak}.${String(block)}`), block * 16)
  return table
}

/** One HMAC gives the round function of sixteen neighbouring inputs, ten bits each. */
function sixteenHalves(key: Uint8Array, tweak: string): Uint16Array {
  const bytes = createHmac('sha256', key).update(`vouchsafe/status-place/v1\0${tweak}`).digest()
  return Uint16Array.from({ length: 16 }, (_, at) => bytes.readUInt16BE(at * 2) & (halfSize - 1))
}
