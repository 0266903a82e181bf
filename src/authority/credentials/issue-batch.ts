import type { AttestationRecord, BatchReply, DecisionRecord } from '../../shared/contract/types.ts'
import { AuthorityError } from '../../shared/errors.ts'
import { derivedId } from '../../shared/ids.ts'
import type { Collection } from '../../storage/collection.ts'
import { act, type ActDeps, type Draft } from '../act.ts'
import type { Counters } from '../status/index.ts'
import { assertValidNow, batchIdOf, issue, type IssueDeps } from './issue.ts'
import { verifiedIssuanceRequest, type VerifiedRequest } from './verify-issuance-request.ts'

/** What issuing a batch works with. */
export interface IssueBatchDeps extends IssueDeps, ActDeps {
  readonly attestations: Collection<AttestationRecord>
  readonly decisionRecords: Collection<DecisionRecord>
  readonly counters: Counters
}

const mostBatches = 4096

/**
 * Answers an issuance request with a batch of copies. The counters are in the attestation, by an act, before anything is signed;
 * a batch that was written but whose answer was lost is not signed again: its counters are retired and the person asks anew.
 * @throws {AuthorityError} `not-found` (also for another person's attestation), `attestation-not-valid`, `request-replayed`, and as `issue`
 * @see docs/protocol/issuance.md
 */
export async function issueBatch(
  deps: IssueBatchDeps,
  { accountId, attestationId, requestJws }: { readonly accountId: string; readonly attestationId: string; readonly requestJws: string },
): Promise<BatchReply> {
  const attestation = ownAttestation(await deps.attestations.get(attestationId), accountId)
  assertValidNow(attestation, deps.clock.nowSeconds())
  const decisionRecord = await deps.decisionRecords.get(attestationId)
  if (!decisionRecord) throw new AuthorityError('not-attestable', 'The attestation has no decision record.')
  const request = await verifiedIssuanceRequest(deps, { attestation, passkeys: await deps.passkeysOf(decisionRecord), requestJws })
  const written = await writeBatch(deps, attestation, request)
  const credentials = await issue(deps, decisionRecord, { attestation: written, requestJws })
  return { batch: batchIdOf(attestationId, request.jti), format: request.format, credentials: [...credentials] }
}

function ownAttestation(attestation: AttestationRecord | undefined, accountId: string): AttestationRecord {
  if (attestation?.account !== accountId) throw new AuthorityError('not-found', 'There is no such attestation.')
  return attestation
}

async function writeBatch(
  deps: IssueBatchDeps,
  attestation: AttestationRecord,
  { jti, requestHash, format, holderKeys }: VerifiedRequest,
): Promise<AttestationRecord> {
  const id = batchIdOf(attestation.id, jti)
  assertNew(attestation, id)
  const firstCounter = await deps.counters.take(holderKeys.length)
  const batch = { batch: id, requestHash, format, firstCounter, count: holderKeys.length, atSeconds: deps.clock.nowSeconds() }
  const what = { kind: 'batch', id: derivedId('act', id), detail: { batch: id, requestHash, count: batch.count } }
  const written = await act(deps, deps.attestations, attestation.id, what, (current) => withBatch(ownAttestation(current, attestation.account), batch))
  // The same request at the same time: the other one's counters were written, and the other one signs.
  if (!written.batches.some((one) => one.batch === id && one.firstCounter === firstCounter)) throw replayed()
  return written
}

function withBatch(current: AttestationRecord, batch: AttestationRecord['batches'][number]): Draft<AttestationRecord> {
  assertValidNow(current, batch.atSeconds)
  assertNew(current, batch.batch)
  if (current.batches.length >= mostBatches) throw new AuthorityError('too-many-requests', 'This attestation has had all the batches it can have.')
  const { id: _id, version: _version, acts: _acts, ...rest } = current
  return { ...rest, batches: [...current.batches, batch] }
}

function assertNew({ batches }: AttestationRecord, id: string): void {
  if (batches.some(({ batch }) => batch === id)) throw replayed()
}

function replayed(): AuthorityError {
  return new AuthorityError('request-replayed', 'This request has been answered before. Make a new one.')
}
