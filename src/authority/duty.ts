import type { Clock } from '../shared/clock.ts'

/**
 * Work that follows from a state. The state is the queue: `due` finds what waits, `perform` is idempotent, its ids derived from the cause.
 * A crash between the two loses nothing, for the state still says that the work is due.
 */
export interface Duty<Item> {
  readonly name: string
  due(nowSeconds: number): AsyncIterable<Item>
  perform(item: Item): Promise<void>
}

/** A duty whose items are its own business. Methods are compared bivariantly, so every duty is one. */
type AnyDuty = Duty<unknown>

/** Runs duties: soon after a kick, at start-up, and now and then, for what other processes or a crash left. */
export interface Duties {
  /** Asks that what is due be done now. */
  kick(): void
  /** Does all that is due, once; resolves when done. */
  settle(): Promise<void>
  /** Stops, after the work under way. */
  stop(): Promise<void>
}

interface Deps {
  readonly clock: Clock
  /** Milliseconds between looks without a kick. */
  readonly everyMilliseconds: number
  /** Told of a failure by the duty's name alone; the work stays due. */
  readonly failed: (dutyName: string, error: unknown) => void
}

/** Starts running duties. */
export function runDuties({ clock, everyMilliseconds, failed }: Deps, duties: readonly AnyDuty[]): Duties {
  let running: Promise<void> | undefined
  let isKicked = false
  let isStopped = false

  const performAll = async (): Promise<void> => {
    for (const duty of duties) {
      try {
        for await (const item of duty.due(clock.nowSeconds())) {
          if (isStopped) return
          await duty.perform(item).catch((error: unknown) => failed(duty.name, error))
        }
      } catch (error) {
        failed(duty.name, error)
      }
    }
  }

  const performWhileKicked = async (): Promise<void> => {
    while (isKicked && !isStopped) {
      isKicked = false
      await performAll()
    }
    // In the same step as the look at the kick: a kick from now on starts anew.
    running = undefined
  }

  const settle = (): Promise<void> => {
    isKicked = true
    return (running ??= performWhileKicked())
  }

  const timer = setInterval(() => void settle(), everyMilliseconds)
  timer.unref()
  return {
    kick: () => void settle(),
    settle,
    async stop() {
      isStopped = true
      clearInterval(timer)
      await running
    },
  }
}
