import { toBase64url } from '../../shared/base64url.ts'
import type { CaseRecord, OpeningReply } from '../../shared/contract/types.ts'
import { AuthorityError } from '../../shared/errors.ts'
import { derivedId } from '../../shared/ids.ts'
import { passkeyThumbprint } from '../../shared/verify-assertion.ts'
import { blobName } from '../../storage/blobs.ts'
import { findAccount } from '../accounts/index.ts'
import { act, type Draft } from '../act.ts'
import { assertCaseIn, latestConsent, type SignedConsent } from '../cases/index.ts'
import type { ReviewDeps } from './deps.ts'
import { findPanelCase, requireLease, requireReviewer } from './desk.ts'

/**
 * Opens a case for a reviewer. The opening is in the log before anything sealed is given.
 * @throws {AuthorityError} `role-required`, `not-on-panel`, `own-case`, `lease-required`, `case-state`, `case-expired`
 */
export async function openFiles(deps: ReviewDeps, account: string, caseId: string): Promise<OpeningReply> {
  const entry = await requireReviewer(deps, account)
  const found = await findPanelCase(deps, entry, caseId)
  const { lease } = await requireLease(deps, found, entry.reviewer)
  const atSeconds = deps.clock.nowSeconds()
  const { consentHash, evidenceHash } = consentOf(found).statement
  const opening = derivedId('opening', lease, consentHash)
  const detail = { reviewer: entry.reviewer, round: found.round, consentHash, evidenceHash }
  const opened = await act(deps, deps.cases, caseId, { kind: 'opening', id: opening, detail }, (current): Draft<CaseRecord> => {
    assertCaseIn(current, ['in-review'], atSeconds)
    if (consentOf(current).statement.consentHash !== consentHash) throw new AuthorityError('case-state', 'The consent has changed.')
    return { ...current, openings: [...current.openings, { opening, reviewer: entry.reviewer, round: current.round, atSeconds }] }
  })
  return openingReply(deps, opened, opening, entry.reviewer)
}

/**
 * A sealed file of a case, for a reviewer who has opened it under a living lease.
 * @throws {AuthorityError} `role-required`, `not-on-panel`, `own-case`, `lease-required`, `opening-required`, `not-found`
 */
export async function readCaseFile(deps: ReviewDeps, account: string, caseId: string, sha256: string): Promise<AsyncIterable<Uint8Array>> {
  const entry = await requireReviewer(deps, account)
  const found = await findPanelCase(deps, entry, caseId)
  const { lease } = await requireLease(deps, found, entry.reviewer)
  const expected = derivedId('opening', lease, consentOf(found).statement.consentHash)
  if (!found.openings.some(({ opening }) => opening === expected)) throw new AuthorityError('opening-required', 'Open the case first.')
  const isEvidence = consentOf(found).statement.evidence.files.some((file) => file.sha256 === sha256)
  const blob = isEvidence ? await deps.blobs.get(blobName(caseId, sha256)) : undefined
  if (!blob) throw new AuthorityError('not-found', 'The case has no such file.')
  return blob.bytes
}

async function openingReply(deps: ReviewDeps, found: CaseRecord, opening: string, reviewer: string): Promise<OpeningReply> {
  const consent = consentOf(found)
  const { evidence, evidenceHash, wraps } = consent.statement
  const { passkeys } = await findAccount(deps, found.account)
  const passkey = passkeys.find((known) => passkeyThumbprint(known) === evidence.passkeyThumbprint)
  const wrap = await deps.blobs.get(blobName(found.id, wraps.find((named) => named.reviewer === reviewer)?.sha256 ?? ''))
  if (!passkey || !wrap) throw new AuthorityError('not-found', 'The case has no wrap for this reviewer.')
  const { credentialId, publicKey } = passkey
  const oprfKeys = deps.oprfKeys.map((key) => ({ key: key.id, publicKey: toBase64url(key.publicKey) }))
  const sealedWrap = toBase64url(await collect(wrap.bytes))
  return { opening, case: found.id, round: found.round, evidence, evidenceHash, consent, passkey: { credentialId, publicKey }, sealedWrap, oprfKeys }
}

function consentOf(found: CaseRecord): SignedConsent {
  const consent = latestConsent(found)
  if (!consent) throw new AuthorityError('case-state', 'Nobody has consented yet.')
  return consent
}

async function collect(bytes: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  for await (const part of bytes) parts.push(part)
  return new Uint8Array(Buffer.concat(parts))
}
