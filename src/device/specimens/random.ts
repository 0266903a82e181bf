import { utf8ToBytes } from '@noble/hashes/utils'
import { sha256Bytes } from '../../shared/hash.ts'

/** Numbers that follow from a seed and look random. Not for secrets. */
export interface SeededRandom {
  /** The next number, from 0 up to 1. */
  next(): number
  /** One of the choices. The list must not be empty. */
  pick<T>(choices: readonly T[]): T
  /** That many decimal digits. */
  digits(count: number): string
  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number
}

/** A sequence that is the same for the same seed on every platform (sfc32 over the seed's SHA-256). */
export function seededRandom(seed: string): SeededRandom {
  const words = new Uint32Array(sha256Bytes(utf8ToBytes(seed)).buffer, 0, 4)
  const next = (): number => {
    const [a = 0, b = 0, c = 0, counter = 0] = words
    const mixed = (a + b + counter) | 0
    words.set([b ^ (b >>> 9), (c + (c << 3)) | 0, (((c << 21) | (c >>> 11)) + mixed) | 0, (counter + 1) | 0])
    return (mixed >>> 0) / 2 ** 32
  }
  const between = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1))
  return {
    next,
    between,
    digits: (count) => Array.from({ length: count }, () => between(0, 9)).join(''),
    pick: (choices) => choices[between(0, choices.length - 1)] as (typeof choices)[number],
  }
}
