import { canonicalJson } from '../shared/canonical-json.ts'
import type { ActRef } from '../shared/contract/types.ts'
import { AuthorityError, isAuthorityError } from '../shared/errors.ts'
import type { Collection, Stored } from '../storage/collection.ts'
import type { AuditLog } from './audit/index.ts'
import type { Turns } from './turns.ts'

/** A document that acts change: it lists each act that took effect, with the index of its entry in the log. */
export interface Acted extends Stored {
  readonly acts: readonly ActRef[]
}

/** What `act` needs besides the collection. */
export interface ActDeps {
  readonly audit: AuditLog
  readonly turns: Turns
}

/** The act: its kind as the log writes it, its id, which is used once, and what else the entry must bind. No personal data. */
export interface What {
  readonly kind: string
  readonly id: string
  readonly detail?: Readonly<Record<string, unknown>>
}

/** A document as a rule returns it: `act` and `change` add id, version and acts. */
export type Draft<T extends Stored> = Omit<T, 'id' | 'version' | 'acts'>

const mostTries = 20

/**
 * Changes a document in a way that the log must know. In turn for each document; retried when another process was first.
 * `decide` is a pure rule: it returns the next document or throws the refusal, and then nothing is logged. The intent is on disk before the change,
 * and is in force only because the document lists its index. A repeated act id returns the document as it is.
 * @throws {AuthorityError} what `decide` throws; `log-unavailable`, `store-unavailable`.
 * @see docs/protocol/log.md, "Acts"
 */
export function act<T extends Acted>(
  deps: ActDeps,
  collection: Collection<T>,
  id: string,
  what: What,
  decide: (current: T | undefined) => Draft<T>,
): Promise<T> {
  return deps.turns.take(`${collection.name}/${id}`, async () => {
    for (let tries = 0; tries < mostTries; tries++) {
      const current = await collection.get(id)
      if (current && (await isDone(deps, current, what))) return current
      const written = await logThenWrite(deps, collection, id, what, current, decide(current))
      if (written) return written
    }
    throw new AuthorityError('store-unavailable', 'Too many others change this document now.')
  })
}

/**
 * Whether this very act took effect on the document already: a replay, or a lost answer that is asked for again.
 * @throws {AuthorityError} `idempotency-key-reused` if the id was used for something else.
 */
export async function isDone({ audit }: Pick<ActDeps, 'audit'>, { acts }: Pick<Acted, 'acts'>, what: What): Promise<boolean> {
  const done = acts.find(({ id }) => id === what.id)
  if (!done) return false
  const entry = (await audit.entry(done.index))?.entry
  const isSame = entry?.type === 'intent' && entry.act === what.kind && canonicalJson(entry.detail) === canonicalJson(what.detail ?? {})
  if (!isSame) throw new AuthorityError('idempotency-key-reused', 'This act id was used for something else.')
  return true
}

/** One try: the new document, or undefined if another process was first and the intent is void. */
async function logThenWrite<T extends Acted>(
  { audit }: ActDeps,
  collection: Collection<T>,
  id: string,
  what: What,
  current: T | undefined,
  draft: Draft<T>,
): Promise<T | undefined> {
  const subjectVersion = (current?.version ?? 0) + 1
  const index = await audit.append({
    act: what.kind,
    actId: what.id,
    collection: collection.name,
    subject: id,
    subjectVersion,
    document: { ...draft, id },
    detail: what.detail ?? {},
  })
  const acts = [...(current?.acts ?? []), { id: what.id, index }]
  try {
    return current
      ? await collection.replace({ ...draft, id, acts, version: current.version } as unknown as T)
      : await collection.insert({ ...draft, id, acts } as unknown as Omit<T, 'version'>)
  } catch (error) {
    if (!isAuthorityError(error, 'stale-version') && !isAuthorityError(error, 'id-taken')) throw error
    const stored = await collection.get(id)
    if (stored?.acts.some((done) => done.index === index)) return stored
    await audit.appendVoid(index)
    return undefined
  }
}

/**
 * Changes a document in a way that the log need not know: leases, sessions, the vault's index. In turn for each document; retried when stale.
 * `decide` is a pure rule; returning the current document itself changes nothing.
 * @throws {AuthorityError} what `decide` throws; `store-unavailable`.
 */
export function change<T extends Stored>(
  deps: { readonly turns: Turns },
  collection: Collection<T>,
  id: string,
  decide: (current: T | undefined) => Omit<T, 'id' | 'version'>,
): Promise<T> {
  return deps.turns.take(`${collection.name}/${id}`, async () => {
    for (let tries = 0; tries < mostTries; tries++) {
      const current = await collection.get(id)
      const draft = decide(current)
      if ((draft as unknown) === current && current) return current
      try {
        return current
          ? await collection.replace({ ...draft, id, version: current.version } as unknown as T)
          : await collection.insert({ ...draft, id } as unknown as Omit<T, 'version'>)
      } catch (error) {
        if (!isAuthorityError(error, 'stale-version') && !isAuthorityError(error, 'id-taken')) throw error
      }
    }
    throw new AuthorityError('store-unavailable', 'Too many others change this document now.')
  })
}
