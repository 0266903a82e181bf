import type { LogEntry } from '../../shared/contract/types.ts'

/** The acts by which something is taken back for good. */
export type TakingBack = 'withdrawal' | 'revocation'

/** What the log says has been taken back, kept while the log is read. */
export interface TakenBack {
  note(index: number, entry: LogEntry): void
  subjects(kind: TakingBack): ReadonlySet<string>
  /** The status counters that the revocation of a subject named. */
  revokedCounters(subject: string): readonly CounterRange[]
}

/** Consecutive status counters. */
export interface CounterRange {
  readonly firstCounter: number
  readonly count: number
}

/** Remembers withdrawals and revocations by their subjects, and forgets those that turn out void. A changed row or an old backup of a row does not undo them. */
export function createTakenBack(): TakenBack {
  const byKind = { withdrawal: new Set<string>(), revocation: new Set<string>() }
  const byIndex = new Map<number, { readonly kind: TakingBack; readonly subject: string }>()
  const counters = new Map<string, readonly CounterRange[]>()
  const isTakingBack = (act: string): act is TakingBack => act === 'withdrawal' || act === 'revocation'

  const forget = (index: number): void => {
    const voided = byIndex.get(index)
    if (!voided || !byIndex.delete(index)) return
    const isStillThere = [...byIndex.values()].some(({ kind, subject }) => kind === voided.kind && subject === voided.subject)
    if (!isStillThere) byKind[voided.kind].delete(voided.subject)
  }

  return {
    note(index, entry) {
      if (entry.type === 'void') return forget(entry.of)
      if (!isTakingBack(entry.act)) return
      byIndex.set(index, { kind: entry.act, subject: entry.subject })
      byKind[entry.act].add(entry.subject)
      const { counters: named } = entry.detail as { readonly counters?: readonly CounterRange[] }
      if (named) counters.set(entry.subject, named)
    },
    subjects: (kind) => byKind[kind],
    revokedCounters: (subject) => counters.get(subject) ?? [],
  }
}
