/** Lets work on one name happen one at a time within this process, in the order of asking. */
export interface Turns {
  take<R>(name: string, work: () => Promise<R>): Promise<R>
}

/** Makes the turns of a process. They save retries; safety comes from compare-and-swap. */
export function createTurns(): Turns {
  const last = new Map<string, Promise<unknown>>()
  return {
    take(name, work) {
      const mine = (last.get(name) ?? Promise.resolve()).then(work, work)
      const settled = mine.catch(() => undefined)
      last.set(name, settled)
      void settled.then(() => last.get(name) === settled && last.delete(name))
      return mine
    },
  }
}
