import { AuthorityError } from '../../src/shared/errors.ts'
import type { Collection, CollectionDefinition, DocumentStore, Stored } from '../../src/storage/collection.ts'

/** How a write fails: the caller sees `store-unavailable` both times, and cannot tell whether the write took place. */
export type Fault = 'fail-and-not-persist' | 'fail-but-persist'

/** A write that is about to be made. */
export interface PlannedWrite {
  readonly collection: string
  readonly verb: 'insert' | 'replace' | 'remove'
  readonly id: string
}

/** Decides for each write whether it fails, and how. */
export type FaultPlan = (write: PlannedWrite) => Fault | undefined

/** A store whose writes fail as planned; reads and pages pass through. Works over any adapter. */
export function withFaults(store: DocumentStore, plan: FaultPlan): DocumentStore {
  return {
    collection: (definition) => faultyCollection(store.collection(definition), definition, plan),
    close: () => store.close(),
  }
}

/** A plan that fails the first write that matches, once. */
export function failOnce(fault: Fault, match: Partial<PlannedWrite> = {}): FaultPlan {
  let isSpent = false
  return (write) => {
    if (isSpent || !Object.entries(match).every(([name, value]) => write[name as keyof PlannedWrite] === value)) return undefined
    isSpent = true
    return fault
  }
}

function faultyCollection<T extends Stored>(inner: Collection<T>, { name }: CollectionDefinition<T>, plan: FaultPlan): Collection<T> {
  const faulty = async <R>(verb: PlannedWrite['verb'], id: string, write: () => Promise<R>): Promise<R> => {
    const fault = plan({ collection: name, verb, id })
    if (fault === undefined) return write()
    if (fault === 'fail-but-persist') await write()
    throw new AuthorityError('store-unavailable', `The planned fault: ${fault}.`)
  }
  return {
    name,
    get: (id) => inner.get(id),
    insert: (document) => faulty('insert', (document as unknown as Stored).id, () => inner.insert(document)),
    replace: (next) => faulty('replace', next.id, () => inner.replace(next)),
    remove: (document) => faulty('remove', document.id, () => inner.remove(document)),
    page: (...request) => inner.page(...request),
  }
}
