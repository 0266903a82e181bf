import type { Clock } from '../../src/shared/clock.ts'

/** A clock that moves only when it is told to, from the time at which it was made. */
export interface FakeClock extends Clock {
  advance(seconds: number): void
}

/** Makes one, at the present time: keys and trust files made now are good then. */
export function fakeClock(): FakeClock {
  let now = Math.floor(Date.now() / 1000)
  return {
    nowSeconds: () => now,
    advance: (seconds) => {
      now += seconds
    },
  }
}
