import { VerificationError } from './errors.ts'
import type { StatusList } from './status-list.ts'
import type { Trust } from './trust-file.ts'

/** How far an authority had got when last seen. Plain JSON. */
export interface Remembered {
  readonly rootThumbprint?: string
  readonly trustSequence?: number
  readonly bundleSequence?: number
  readonly listsIssuedAtSeconds?: Readonly<Record<string, number>>
}

/** Remembers the highest numbers seen and refuses lower ones. */
export interface Memory {
  rootThumbprint(): string | undefined
  /** @throws {VerificationError} `trust-rolled-back`, or `trust-signature` for another root */
  noteTrust(trust: Trust): void
  /** @throws {VerificationError} `bundle-rolled-back` */
  noteBundle(sequence: number): void
  /** @throws {VerificationError} `status-rolled-back` */
  noteList(list: StatusList): void
  snapshot(): Remembered
}

/** A memory that begins with what was remembered before. */
export function createMemory(before: Remembered = {}): Memory {
  let { rootThumbprint, trustSequence, bundleSequence } = before
  const lists = new Map(Object.entries(before.listsIssuedAtSeconds ?? {}))
  return {
    rootThumbprint: () => rootThumbprint,
    noteTrust(trust) {
      if (trust.sequence < (trustSequence ?? 0)) throw new VerificationError('trust-rolled-back')
      if (trust.rootThumbprint !== (rootThumbprint ?? trust.rootThumbprint)) throw new VerificationError('trust-signature')
      trustSequence = trust.sequence
      rootThumbprint = trust.rootThumbprint
    },
    noteBundle(sequence) {
      if (sequence < (bundleSequence ?? 0)) throw new VerificationError('bundle-rolled-back')
      bundleSequence = sequence
    },
    noteList({ uri, issuedAtSeconds }) {
      if (issuedAtSeconds < (lists.get(uri) ?? 0)) throw new VerificationError('status-rolled-back')
      lists.set(uri, issuedAtSeconds)
    },
    snapshot: () => ({
      ...(rootThumbprint !== undefined && { rootThumbprint }),
      ...(trustSequence !== undefined && { trustSequence }),
      ...(bundleSequence !== undefined && { bundleSequence }),
      listsIssuedAtSeconds: Object.fromEntries(lists),
    }),
  }
}
