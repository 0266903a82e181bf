import type { DecisionRecord, Passkey, TrustFile } from '../shared/contract/types.ts'
import type { Clock } from '../shared/clock.ts'
import type { RandomBytes } from '../shared/ids.ts'
import { webauthnScope } from '../shared/trust.ts'
import type { WebauthnScope } from '../shared/verify-assertion.ts'
import type { BlobStore } from '../storage/blobs.ts'
import { type Collection, type DocumentStore, everyDocument } from '../storage/collection.ts'
import { accounts, type AccountsDeps, expiredSignIns, provenPasskeys, sessions, signInChallenges } from './accounts/index.ts'
import type { Acted } from './act.ts'
import { attestations, type AttestationsDeps, attestDuty, decisionRecords, judge } from './attestations/index.ts'
import { type AuditLog, logSegments, openLog } from './audit/index.ts'
import { caseDesks, cases, expireDuty, purgeDuty } from './cases/index.ts'
import { consentingPasskeys, counterUses, type IssueBatchDeps } from './credentials/index.ts'
import { type Duties, type Duty, runDuties } from './duty.ts'
import type { Keys } from './keys/index.ts'
import { verdicts } from './review/index.ts'
import { enrolments, type RosterDeps, rosters } from './roster/index.ts'
import { counterBlocks, createCounters, createPlaceOf, createStatusLists, type Marked, type StatusLists } from './status/index.ts'
import { claimStore, storeIdentities } from './store-identity.ts'
import { createTurns } from './turns.ts'
import { accountPersons, persons, personOf, tags } from './uniqueness/index.ts'
import { vaultItems, type VaultDeps, vaults } from './vault/index.ts'
import { voidIntentsDuty } from './void-intents.ts'

/** What the features are built on. */
export interface FeaturesInput {
  readonly store: DocumentStore
  readonly blobs: BlobStore
  readonly keys: Keys
  readonly clock: Clock
  readonly random: RandomBytes
  /** Told when a duty failed; it stays due. */
  readonly dutyFailed: (name: string, error: unknown) => void
}

/** Every feature's working parts, as routes and the command line call them. */
export type Features = AccountsDeps &
  VaultDeps &
  RosterDeps &
  AttestationsDeps &
  IssueBatchDeps & {
    readonly trust: TrustFile
    readonly keys: Keys
    readonly statusLists: StatusLists
    readonly duties: Duties
    /** Collections whose documents are changed by acts, by name: what an audit compares with the log. */
    readonly acted: ReadonlyMap<string, Collection<Acted>>
  }

const dutyEveryMilliseconds = 1000

/**
 * Opens every collection, the log and the features over a store, and starts the duties.
 * @throws {AuthorityError} `store-of-another-issuer`, `store-unavailable`, `log-unavailable`
 */
export async function openFeatures({ store, blobs, keys, clock, random, dutyFailed }: FeaturesInput): Promise<Features> {
  const { trust } = keys
  const { issuer, environment, operators, rosterDelaySeconds } = trust
  const identities = store.collection(storeIdentities)
  await claimStore(identities, issuer, environment)
  const audit = await openLog({ segments: store.collection(logSegments), clock, random, signer: keys.logSigner })
  const context = { issuer, environment, scope: webauthnScope(trust), clock, random, audit, turns: createTurns() }
  const collections = openCollections(store)
  const placeOf = createPlaceOf(keys.statusPermutationKey)
  const statusLists = createStatusLists({
    issuer,
    clock,
    keys,
    counterBlocks: collections.counterBlocks,
    placeOf,
    statusChanges: { notValid: () => notValid(collections, audit) },
  })

  // Duties are kicked by features and made of them; the knot is tied here, once.
  const running: { duties?: Duties } = {}
  const features = {
    ...context,
    ...collections,
    ...{ blobs, keys, trust, operators, rosterDelaySeconds, placeOf, statusLists, oprfKeys: keys.oprfKeys },
    counters: createCounters({ counterBlocks: collections.counterBlocks, clock }),
    statusChanged: () => statusLists.statusChanged(),
    kickDuties: () => running.duties?.kick(),
    personOf: (account: string) => personOf(collections, account),
    judge: (record: Parameters<typeof judge>[0]) => judge(record, trust),
    passkeysOf: (record: DecisionRecord) => passkeysOf(context.scope, collections, record),
    acted: actedOf(collections),
  }
  const duties = runDuties({ clock, everyMilliseconds: dutyEveryMilliseconds, failed: dutyFailed }, [
    attestDuty(features),
    purgeDuty(features),
    expireDuty(features),
    voidIntentsDuty({ audit, storeIdentities: identities, acted: features.acted }),
    forgetSignInsDuty(features),
  ])
  running.duties = duties
  return { ...features, duties }
}

function openCollections(store: DocumentStore) {
  return {
    accounts: store.collection(accounts),
    signInChallenges: store.collection(signInChallenges),
    sessions: store.collection(sessions),
    vaults: store.collection(vaults),
    vaultItems: store.collection(vaultItems),
    rosters: store.collection(rosters),
    enrolments: store.collection(enrolments),
    cases: store.collection(cases),
    caseDesks: store.collection(caseDesks),
    verdicts: store.collection(verdicts),
    tags: store.collection(tags),
    persons: store.collection(persons),
    accountPersons: store.collection(accountPersons),
    attestations: store.collection(attestations),
    decisionRecords: store.collection(decisionRecords),
    counterBlocks: store.collection(counterBlocks),
    counterUses: store.collection(counterUses),
  }
}

function actedOf({
  accounts,
  rosters,
  cases,
  persons,
  attestations,
  decisionRecords,
}: ReturnType<typeof openCollections>): ReadonlyMap<string, Collection<Acted>> {
  const all = [accounts, rosters, cases, persons, attestations, decisionRecords] as unknown as readonly Collection<Acted>[]
  return new Map(all.map((collection) => [collection.name, collection]))
}

/** The passkeys that may act for an attested person: those that consented to the evidence, and those that they have vouched for since. */
async function passkeysOf(scope: WebauthnScope, { accounts }: ReturnType<typeof openCollections>, record: DecisionRecord): Promise<readonly Passkey[]> {
  const account = await accounts.get(record.account)
  return account ? provenPasskeys(scope, account, consentingPasskeys(record)) : []
}

/** Suspended before revoked: one that moves on meanwhile is met in its second place, never missed. What the log revoked is revoked, whatever its row says. */
async function* notValid({ attestations: records }: ReturnType<typeof openCollections>, audit: AuditLog): AsyncGenerator<Marked> {
  for (const state of ['suspended', 'revoked']) yield* everyDocument(records, 'state', [state])
  await audit.catchUp()
  for (const id of audit.takenBack('revocation')) {
    const batches = (await records.get(id))?.batches ?? []
    yield { state: 'revoked', batches: [...batches, ...audit.revokedCounters(id)] }
  }
}

/** expired session or nonce → gone. */
function forgetSignInsDuty(deps: AccountsDeps): Duty<() => Promise<void>> {
  return { name: 'forget-sign-ins', due: (nowSeconds) => expiredSignIns(deps, nowSeconds), perform: (forget) => forget() }
}
