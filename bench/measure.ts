/** How fast something goes: done per second of CPU time and of wall time. */
export interface Rate {
  readonly perCpuSecond: number
  readonly perSecond: number
}

/** One line of the table. */
export interface Line extends Rate {
  readonly name: string
  /** Against which raw operation it is held. */
  readonly raw: 'sign' | 'verify'
}

/** CPU time, of user and system and all threads, and wall time of a process; microseconds. */
export interface Spent {
  readonly cpu: number
  readonly wall: number
}

/** The time now, as a process counts it. */
export function spentNow(): Spent {
  const { user, system } = process.cpuUsage()
  return { cpu: user + system, wall: performance.now() * 1000 }
}

/** The rate of `count` things between two times. */
export function rateOf(count: number, before: Spent, after: Spent): Rate {
  return { perCpuSecond: (count * 1e6) / (after.cpu - before.cpu), perSecond: (count * 1e6) / (after.wall - before.wall) }
}

/** Does something again and again, one after the other, until so many milliseconds have gone by; a tenth of them first, to warm up. */
export async function measure(once: () => Promise<unknown>, milliseconds = 1000): Promise<Rate> {
  await repeat(once, milliseconds / 10)
  const before = spentNow()
  const count = await repeat(once, milliseconds)
  return rateOf(count, before, spentNow())
}

async function repeat(once: () => Promise<unknown>, milliseconds: number): Promise<number> {
  const end = performance.now() + milliseconds
  let count = 0
  for (; performance.now() < end; count++) await once()
  return count
}

/** The table: each line with its rates, and its share of the raw operation in the same run. */
export function table(lines: readonly Line[], raw: Readonly<Record<Line['raw'], number>>): string {
  const rows = lines.map(({ name, perCpuSecond, perSecond, raw: against }) => [
    name,
    perCpuSecond.toFixed(0),
    perSecond.toFixed(0),
    `${((100 * perCpuSecond) / raw[against]).toFixed(1)} % of a raw ${against}`,
  ])
  const all = [['what', 'per CPU-second', 'per second', 'ratio'], ...rows]
  const widths = [0, 1, 2, 3].map((column) => Math.max(...all.map((row) => row[column]?.length ?? 0)))
  return all.map((row) => row.map((cell, at) => (at === 1 || at === 2 ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0))).join('  ')).join('\n')
}
