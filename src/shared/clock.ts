/** Tells the time. Injected everywhere, so that tests hold it still. */
export interface Clock {
  /** Unix time in whole seconds. */
  nowSeconds(): number
}

/** The machine's clock. */
export const systemClock: Clock = { nowSeconds: () => Math.floor(Date.now() / 1000) }
