/**
 * What one device remembers between runs: pins, counters, ids, and its own keys. Private to the device; text values.
 * A value is there after a crash once `set` has resolved.
 */
export interface DeviceMemory {
  get(key: string): Promise<string | undefined>
  set(key: string, value: string): Promise<void>
}

/** A memory that lasts as long as the process: for tests, and for pages that must forget. */
export function forgetfulMemory(): DeviceMemory {
  const values = new Map<string, string>()
  return {
    get: (key) => Promise.resolve(values.get(key)),
    set: (key, value) => {
      values.set(key, value)
      return Promise.resolve()
    },
  }
}

/** Reads a JSON value that this device wrote; its form is the writer's promise. */
export async function recalled<T>(memory: DeviceMemory, key: string): Promise<T | undefined> {
  const text = await memory.get(key)
  return text === undefined ? undefined : (JSON.parse(text) as T)
}

/** Remembers a JSON value. */
export function remember(memory: DeviceMemory, key: string, value: unknown): Promise<void> {
  return memory.set(key, JSON.stringify(value))
}
