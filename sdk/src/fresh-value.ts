/** A verified value with the time at which it was had. */
export interface Held<T> {
  readonly value: T
  readonly fetchedAtSeconds: number
}

/** How long a value serves. */
export interface FreshValueRules<T> {
  load(nowSeconds: number): Promise<T>
  /** How long a value is reused without asking again. */
  reuseSeconds(value: T): number
}

/** After a failure, so long a value in hand serves without asking again. */
const retryAfterSeconds = 5

/**
 * Keeps one value fresh, and loads it once however many ask at a time. If it cannot be loaded, the one in hand serves as long as the asker finds it
 * usable; after that the failure is the answer.
 */
export function freshValue<T>(rules: FreshValueRules<T>) {
  let held: Held<T> | undefined
  let failedAtSeconds = -Infinity
  let loading: Promise<Held<T>> | undefined

  async function load(nowSeconds: number): Promise<Held<T>> {
    held = { value: await rules.load(nowSeconds), fetchedAtSeconds: nowSeconds }
    return held
  }

  function loadOnce(nowSeconds: number): Promise<Held<T>> {
    loading ??= load(nowSeconds).finally(() => (loading = undefined))
    return loading
  }

  return async function value(nowSeconds: number, isUsable: (held: Held<T>) => boolean): Promise<T> {
    const inHand = held && isUsable(held) ? held : undefined
    if (inHand && mayReuse(inHand, nowSeconds)) return inHand.value
    try {
      return (await loadOnce(nowSeconds)).value
    } catch (error) {
      failedAtSeconds = nowSeconds
      if (inHand) return inHand.value
      throw error
    }
  }

  function mayReuse({ value, fetchedAtSeconds }: Held<T>, nowSeconds: number): boolean {
    const age = nowSeconds - fetchedAtSeconds
    return (age >= 0 && age < rules.reuseSeconds(value)) || (nowSeconds >= failedAtSeconds && nowSeconds < failedAtSeconds + retryAfterSeconds)
  }
}
