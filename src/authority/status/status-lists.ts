import { createHash } from 'node:crypto'
import type { CounterBlockRecord } from '../../shared/contract/types.ts'
import { AuthorityError } from '../../shared/errors.ts'
import type { Collection } from '../../storage/collection.ts'
import type { MarkedPlaces } from './encode-lists.ts'
import { type MarkedLists, markedLists, type StatusChanges } from './marked-lists.ts'
import { countersPerGeneration, listsPerGeneration, type PlaceOf } from './places.ts'
import { countersPerBlock } from './counters.ts'
import { type ListForm, type PublishedList, signedList, type SigningListsDeps } from './published-list.ts'

/** What publishing status needs. */
export interface StatusListsDeps extends SigningListsDeps {
  readonly counterBlocks: Collection<CounterBlockRecord>
  readonly placeOf: PlaceOf
  readonly statusChanges: StatusChanges
}

/** The status lists as they are published. */
export interface StatusLists {
  /**
   * One list, signed.
   * @throws {AuthorityError} `not-found` for a list that no counter can have reached; `store-unavailable`: an old answer is never given instead.
   */
  published(wanted: ListForm, list: number): Promise<PublishedList>
  /** The numbers of all lists that exist. */
  listNumbers(): Promise<readonly number[]>
  /** Says that an attestation's state has changed in this process: what is read after this shows it. */
  statusChanged(): void
}

/** How old the reading of statuses may be: so long may another process's revocation stay unseen. */
const maxReadingAgeSeconds = 2
/** Processes date their lists by the same steps, so that a verifier who meets one after the other sees no list that is older than the last. */
const signaturePeriodSeconds = 5

interface Reading {
  readonly atSeconds: number
  readonly epoch: number
  readonly lists: Promise<MarkedLists>
}

interface Signed {
  readonly fingerprint: string
  readonly iatSeconds: number
  readonly list: Promise<PublishedList>
}

/** Publishes the lists of this process: derived from the attestations, read at most every two seconds, signed when they change or age. */
export function createStatusLists(deps: StatusListsDeps): StatusLists {
  const signed = new Map<string, Signed>()
  let reading: Reading | undefined
  let epoch = 0
  const currentReading = (): Reading => {
    if (!reading || reading.epoch !== epoch || !isRecent(reading.atSeconds, deps.clock.nowSeconds())) reading = read()
    return reading
  }
  const read = (): Reading => {
    const fresh = { atSeconds: deps.clock.nowSeconds(), epoch, lists: markedLists(deps.statusChanges, deps.placeOf) }
    fresh.lists.catch(() => reading === fresh && (reading = undefined))
    return fresh
  }
  return {
    async published(wanted, list) {
      if (!(await isReachable(deps, list))) throw new AuthorityError('not-found', 'There is no such status list.')
      const { atSeconds, lists } = currentReading()
      return signedOnce(deps, signed, wanted, list, (await lists).get(list) ?? new Map(), atSeconds)
    },
    async listNumbers() {
      const numbers: number[] = []
      while (await isReachable(deps, numbers.length)) for (let more = 0; more < listsPerGeneration; more++) numbers.push(numbers.length)
      return numbers
    },
    statusChanged() {
      epoch += 1
    },
  }
}

function signedOnce(
  deps: StatusListsDeps,
  signed: Map<string, Signed>,
  wanted: ListForm,
  list: number,
  marked: MarkedPlaces,
  atSeconds: number,
): Promise<PublishedList> {
  const key = `${wanted.form}/${wanted.form === 'token-status-list' ? '' : wanted.purpose}/${String(list)}`
  const fingerprint = fingerprintOf(marked)
  const found = signed.get(key)
  const iatSeconds = atSeconds - (atSeconds % signaturePeriodSeconds)
  if (found?.fingerprint === fingerprint && found.iatSeconds === iatSeconds) return found.list
  const fresh: Signed = { fingerprint, iatSeconds, list: signedList(deps, wanted, list, marked, iatSeconds) }
  signed.set(key, fresh)
  fresh.list.catch(() => signed.get(key) === fresh && signed.delete(key))
  return fresh.list
}

/** A clock that was set back makes nothing recent. */
function isRecent(atSeconds: number, nowSeconds: number): boolean {
  return nowSeconds >= atSeconds && nowSeconds - atSeconds < maxReadingAgeSeconds
}

function fingerprintOf(marked: MarkedPlaces): string {
  const hash = createHash('sha256')
  for (const [index, status] of [...marked].sort(([a], [b]) => a - b)) hash.update(`${String(index)}:${String(status)};`)
  return hash.digest('base64url')
}

/** Counters are scattered over all lists of their generation, and blocks are dense: the first block's claim opens them. */
async function isReachable({ counterBlocks }: StatusListsDeps, list: number): Promise<boolean> {
  const firstBlock = (Math.floor(list / listsPerGeneration) * countersPerGeneration) / countersPerBlock
  return Number.isSafeInteger(firstBlock) && (await counterBlocks.get(String(firstBlock))) !== undefined
}
