/** One step of the story: what was shown, whether it behaved, and what was really checked. */
export interface Told {
  readonly name: string
  readonly ok: boolean
  readonly checked: string
}

/** Tells a story step by step and keeps what came of it. */
export interface Teller {
  /** Runs a step; it behaved if `act` returns. What `act` returns is what was checked. A step that fails does not end the story. */
  readonly step: (name: string, act: () => Promise<string>) => Promise<void>
  readonly told: readonly Told[]
}

/** What a step throws when something did not behave. */
class Misbehaved extends Error {}

/** Asserts what a step is about. */
export function expect(isSo: boolean, otherwise: string): asserts isSo {
  if (!isSo) throw new Misbehaved(otherwise)
}

/** A teller that prints each step. */
export function createTeller(print: (line: string) => void): Teller {
  const told: Told[] = []
  return {
    told,
    step: async (name, act) => {
      print('')
      print(`== ${name}`)
      const result = await act().then(
        (checked) => ({ name, ok: true, checked }),
        (error: unknown) => ({ name, ok: false, checked: error instanceof Misbehaved ? error.message : String(error instanceof Error ? error.stack : error) }),
      )
      told.push(result)
      print(`${result.ok ? 'ok  ' : 'FAIL'} ${result.checked}`)
    },
  }
}
