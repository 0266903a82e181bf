import type { AttestationRecord } from '../../shared/contract/types.ts'
import type { MarkedPlaces, PlaceStatus } from './encode-lists.ts'
import type { PlaceOf } from './places.ts'

/** Where status comes from: the attestations that are not valid now. Their state is the truth, lists are derived from it. */
export interface StatusChanges {
  notValid(): AsyncIterable<Marked>
}

/** A state, and the status counters of the copies that it is about. */
export interface Marked {
  readonly state: AttestationRecord['state']
  readonly batches: readonly { readonly firstCounter: number; readonly count: number }[]
}

/** Marked places by list number; a list that is not in it has none. */
export type MarkedLists = ReadonlyMap<number, MarkedPlaces>

/** The marks that follow from attestations: every copy of every batch of one that is revoked or suspended. */
export async function markedLists(changes: StatusChanges, placeOf: PlaceOf): Promise<MarkedLists> {
  const lists = new Map<number, Map<number, PlaceStatus>>()
  for await (const { state, batches } of changes.notValid()) {
    if (state === 'valid') continue
    const status = state === 'revoked' ? 1 : 2
    for (const { firstCounter, count } of batches) {
      for (let counter = firstCounter; counter < firstCounter + count; counter++) mark(lists, placeOf(counter), status)
    }
  }
  return lists
}

function mark(lists: Map<number, Map<number, PlaceStatus>>, { list, index }: { readonly list: number; readonly index: number }, status: PlaceStatus): void {
  const places = lists.get(list) ?? new Map<number, PlaceStatus>()
  lists.set(list, places)
  // Should two batches ever claim one counter, the worse status wins.
  if (places.get(index) !== 1) places.set(index, status)
}
