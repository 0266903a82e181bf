import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { countersPerGeneration, createPlaceOf, type Place } from '../../../../src/authority/status/places.ts'

const vectors = JSON.parse(readFileSync('test/vectors/status.json', 'utf8')) as { placeKeyHex: string; places: (Place & { counter: number })[] }
const numberOf = ({ list, index }: Place): number => list * 131_072 + index

describe('places', () => {
  it('are those of the vectors', () => {
    const placeOf = createPlaceOf(Buffer.from(vectors.placeKeyHex, 'hex'))
    expect(vectors.places.map(({ counter }) => ({ counter, ...placeOf(counter) }))).toEqual(vectors.places)
  })

  it('are a bijection: 2^20 counters fill the eight lists of their generation, under any key', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), fc.integer({ min: 0, max: 1000 }), (key, generation) => {
        const placeOf = createPlaceOf(key)
        const seen = new Uint8Array(countersPerGeneration)
        const first = generation * countersPerGeneration
        for (let counter = first; counter < first + countersPerGeneration; counter++) seen[numberOf(placeOf(counter)) - first] = 1
        expect(seen.indexOf(0)).toBe(-1)
      }),
      { numRuns: 2 },
    )
  })

  it('of a batch of 100 are spread over several lists and are not neighbours', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), fc.integer({ min: 0, max: 2 ** 30 }), (key, start) => {
        const placeOf = createPlaceOf(key)
        const places = Array.from({ length: 100 }, (_, at) => placeOf(start - (start % 1024) + at))
        expect(new Set(places.map(({ list }) => list)).size).toBeGreaterThanOrEqual(4)
        const numbers = places.map(numberOf)
        expect(numbers.slice(1).filter((number, at) => Math.abs(number - numbers[at]!) === 1).length).toBeLessThan(3)
      }),
      { numRuns: 20 },
    )
  })

  it('differ with the key', () => {
    const [one, other] = [createPlaceOf(new Uint8Array(32)), createPlaceOf(new Uint8Array(32).fill(1))]
    const counters = Array.from({ length: 1000 }, (_, counter) => counter)
    expect(counters.filter((counter) => numberOf(one(counter)) === numberOf(other(counter))).length).toBeLessThan(5)
  })

  it.each([-1, 0.5, NaN, 2 ** 53])('refuse %p, which is no counter', (counter) => {
    expect(() => createPlaceOf(new Uint8Array(32))(counter)).toThrow(RangeError)
  })
})
