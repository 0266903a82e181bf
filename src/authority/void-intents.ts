import type { LoggedEntry, StoreIdentityRecord } from '../shared/contract/types.ts'
import { isAuthorityError } from '../shared/errors.ts'
import type { IntentEntry } from '../shared/logged-entry.ts'
import type { Collection } from '../storage/collection.ts'
import type { Acted } from './act.ts'
import type { AuditLog } from './audit/index.ts'
import type { Duty } from './duty.ts'
import { noteSwept, sweptIndex } from './store-identity.ts'

/** What the sweep works with. */
export interface SweepDeps {
  readonly audit: AuditLog
  readonly storeIdentities: Collection<StoreIdentityRecord>
  /** Collections whose documents are changed by acts, by name. */
  readonly acted: ReadonlyMap<string, Collection<Acted>>
}

/** An act takes far less; an intent that is older and not listed was left behind. */
const settledAfterSeconds = 30

/**
 * logged intent without effect → void entry. A crash between intent and change leaves an intent that no document lists.
 * The subject's version is raised first, so that a late writer finds another version than the one it read.
 * @see docs/protocol/log.md, "Void entries"
 */
export function voidIntentsDuty(deps: SweepDeps): Duty<LoggedEntry> {
  const settled = new Set<number>()
  return {
    name: 'void-intents',
    async *due(nowSeconds) {
      await deps.audit.catchUp()
      const from = await sweptIndex(deps.storeIdentities)
      const voided = new Set<number>()
      for await (const { entry } of deps.audit.entriesFrom(from)) if (entry.type === 'void') voided.add(entry.of)
      let swept = from
      for await (const logged of deps.audit.entriesFrom(from)) {
        if (logged.entry.atSeconds > nowSeconds - settledAfterSeconds) break
        if (logged.entry.type === 'intent' && !voided.has(logged.index) && !(await isInForce(deps, logged.index, logged.entry))) {
          yield logged
          // It could not be voided now: the next look begins here.
          if (!settled.has(logged.index)) break
        }
        swept = logged.index + 1
      }
      await noteSwept(deps.storeIdentities, swept)
    },
    async perform({ index, entry }) {
      if (entry.type !== 'intent') return
      await raiseVersion(deps, entry)
      if (!(await isInForce(deps, index, entry))) await deps.audit.appendVoid(index)
      settled.add(index)
    },
  }
}

/** Whether the document that an intent is about lists it. A document that was removed lists nothing. */
async function isInForce({ acted }: Pick<SweepDeps, 'acted'>, index: number, entry: IntentEntry): Promise<boolean> {
  const document = await acted.get(entry.collection)?.get(entry.subject)
  return document?.acts.some((done) => done.index === index) === true
}

async function raiseVersion({ acted }: SweepDeps, { collection, subject, subjectVersion }: IntentEntry): Promise<void> {
  const documents = acted.get(collection)
  const current = await documents?.get(subject)
  if (!documents || !current || current.version >= subjectVersion) return
  await documents.replace(current).catch((error: unknown) => {
    if (!isAuthorityError(error, 'stale-version')) throw error
  })
}
