import type { AttestationRecord, CounterUseRecord, DecisionRecord, Passkey } from '../../shared/contract/types.ts'
import { AuthorityError, isAuthorityError } from '../../shared/errors.ts'
import { derivedId } from '../../shared/ids.ts'
import { policyOf } from '../../shared/policy.ts'
import type { Collection } from '../../storage/collection.ts'
import { change } from '../act.ts'
import type { AuditLog } from '../audit/index.ts'
import { countersPerBlock, type PlaceOf } from '../status/index.ts'
import type { Turns } from '../turns.ts'
import { identifiedCredential } from './identified-credential.ts'
import { signCredential, type SignCredentialDeps, type SignedCredential } from './sign-credential.ts'
import { type RequestContext, verifiedIssuanceRequest, type VerifiedRequest } from './verify-issuance-request.ts'
import { weekOf } from './week.ts'

/** What the signer works with. It trusts the trust file behind `judge`, its own keys and its own claims; nothing that the store says counts by itself. */
export interface IssueDeps extends RequestContext, SignCredentialDeps {
  /** Throws `not-attestable` unless the evidence justifies the attestation. */
  readonly judge: (decisionRecord: DecisionRecord) => Promise<void>
  /** The passkeys that may act for the person of a decision record. `consentingPasskeys` at least; others only if their chain of statements was checked. */
  readonly passkeysOf: (decisionRecord: DecisionRecord) => Promise<readonly Passkey[]>
  readonly counterUses: Collection<CounterUseRecord>
  readonly placeOf: PlaceOf
  readonly audit: AuditLog
  readonly turns: Turns
}

/** What is to be signed: the attestation, in which the batch with its counters is written already, and the person's request. */
export interface IssueRequest {
  readonly attestation: AttestationRecord
  readonly requestJws: string
}

/** The id of the batch that answers a request: one request, one batch. */
export function batchIdOf(attestationId: string, jti: string): string {
  return derivedId('batch', attestationId, jti)
}

/**
 * The port to the credential keys: there is no way to have bytes signed. The evidence is judged anew, the request is checked anew, and a batch is signed once.
 * @returns the copies, in the order of the holder keys.
 * @throws {AuthorityError} `not-attestable`, `attestation-not-valid`, `counter-used`, `payload-refused`, and as `verifiedIssuanceRequest`
 * @see docs/protocol/issuance.md
 */
export async function issue(deps: IssueDeps, decisionRecord: DecisionRecord, { attestation, requestJws }: IssueRequest): Promise<readonly SignedCredential[]> {
  assertSameAttestation(decisionRecord, attestation)
  assertValidNow(attestation, deps.clock.nowSeconds())
  assertLifetime(decisionRecord, attestation)
  await assertNotTakenBack(deps, attestation)
  await deps.judge(decisionRecord)
  const request = await verifiedIssuanceRequest(deps, { attestation, passkeys: await deps.passkeysOf(decisionRecord), requestJws })
  const batch = writtenBatch(attestation, request)
  await claimCounters(deps, batch)
  return Promise.all(request.holderKeys.map((holder, at) => signCopy(deps, decisionRecord, request, holder, batch.firstCounter + at)))
}

/**
 * Asserts that copies may be had of an attestation now.
 * @throws {AuthorityError} `attestation-not-valid`
 */
export function assertValidNow({ state, validUntilSeconds }: Pick<AttestationRecord, 'state' | 'validUntilSeconds'>, nowSeconds: number): void {
  if (state !== 'valid' || validUntilSeconds <= nowSeconds) throw new AuthorityError('attestation-not-valid', 'The attestation is revoked, suspended or over.')
}

function assertSameAttestation(record: DecisionRecord, attestation: AttestationRecord): void {
  const isSame = (['id', 'account', 'person', 'case', 'policy'] as const).every((name) => record[name] === attestation[name])
  if (!isSame) throw new AuthorityError('not-attestable', 'The attestation is not the one of its decision record.')
}

/** An attestation lives as long as its policy says, counted from the decision. */
function assertLifetime({ policy, decidedAtSeconds }: DecisionRecord, { validUntilSeconds }: AttestationRecord): void {
  const isRight = validUntilSeconds === decidedAtSeconds + policyOf(policy).validityDays * 86_400
  if (!isRight) throw new AuthorityError('not-attestable', 'The attestation lives longer or shorter than its policy says.')
}

/** A revocation in the log counts, whatever the attestation's row says. */
async function assertNotTakenBack({ audit }: IssueDeps, { id }: AttestationRecord): Promise<void> {
  await audit.catchUp()
  if (audit.takenBack('revocation').has(id)) throw new AuthorityError('attestation-not-valid', 'The attestation is revoked, suspended or over.')
}

type Batch = AttestationRecord['batches'][number]

function writtenBatch(attestation: AttestationRecord, request: VerifiedRequest): Batch {
  const batch = attestation.batches.find((written) => written.batch === batchIdOf(attestation.id, request.jti))
  const isOfRequest = batch?.requestHash === request.requestHash && batch.format === request.format && batch.count === request.holderKeys.length
  if (!batch || !isOfRequest) throw new AuthorityError('counter-used', 'The attestation does not hold counters for this request.')
  return batch
}

/** Each counter is signed for once: the signer notes ranges by block, and refuses one that overlaps. */
async function claimCounters({ counterUses, turns }: IssueDeps, { batch, firstCounter, count }: Batch): Promise<void> {
  const block = Math.floor(firstCounter / countersPerBlock)
  if (Math.floor((firstCounter + count - 1) / countersPerBlock) !== block) throw new AuthorityError('counter-used', 'A batch lies in one block of counters.')
  await claimBatch(counterUses, { batch, firstCounter, count })
  await change({ turns }, counterUses, String(block), (stored) => {
    const uses = stored?.uses ?? []
    const isUsed = uses.some((use) => use.batch === batch || (use.firstCounter < firstCounter + count && firstCounter < use.firstCounter + use.count))
    if (isUsed) throw new AuthorityError('counter-used', 'These counters have been signed for before.')
    return { uses: [...uses, { batch, firstCounter, count }] }
  })
}

/** A batch is signed once, wherever its counters are said to be. */
async function claimBatch(counterUses: IssueDeps['counterUses'], use: CounterUseRecord['uses'][number]): Promise<void> {
  await counterUses.insert({ id: use.batch, uses: [use] }).catch((error: unknown) => {
    if (isAuthorityError(error, 'id-taken')) throw new AuthorityError('counter-used', 'This batch has been signed before.')
    throw error
  })
}

function signCopy(
  deps: IssueDeps,
  { policy }: DecisionRecord,
  { format }: VerifiedRequest,
  holder: VerifiedRequest['holderKeys'][number],
  counter: number,
): Promise<SignedCredential> {
  const { issuer, environment, keys } = deps
  const facts = { issuer, did: keys.did, policy, holder, place: deps.placeOf(counter), environment, week: weekOf(deps.clock.nowSeconds()) }
  return signCredential(deps, format, identifiedCredential(facts))
}
