import { fromBase64url } from '../../shared/base64url.ts'
import type { CaseRecord, ConsentRequest, ConsentStatement, RosterEntry } from '../../shared/contract/types.ts'
import { AuthorityError } from '../../shared/errors.ts'
import { consentHash, evidenceHash } from '../../shared/evidence.ts'
import { sha256Hex } from '../../shared/hash.ts'
import { assertEvidenceComplete, policyOf } from '../../shared/policy.ts'
import { statementHash } from '../../shared/statement.ts'
import { passkeyThumbprint } from '../../shared/verify-assertion.ts'
import { blobName } from '../../storage/blobs.ts'
import { assertStatement, findAccount } from '../accounts/index.ts'
import { act, type Draft, isDone } from '../act.ts'
import { currentRoster } from '../roster/index.ts'
import type { CasesDeps } from './deps.ts'
import { assertCaseIn, drawOf, findOwnCase, latestConsent, offeredReviewer } from './find-case.ts'
import { noteUploads } from './note-uploads.ts'
import { refuseIfOver } from './purge.ts'

const longestConsentSeconds = 30 * 86_400
const largestWrapBytes = 65_536

/**
 * Takes a person's consent: the files it names are opened to the reviewers it names, and to nobody else. On disk and in the log before the reply.
 * @throws {AuthorityError} `not-found`, `case-state`, `case-expired`, `consent-mismatch`, `evidence-incomplete`, `files-missing`, `passkey-unknown`, `statement-refused`, `statement-expired`
 * @see docs/protocol/consent.md
 */
export async function consent(deps: CasesDeps, account: string, caseId: string, { signed, wraps }: ConsentRequest): Promise<CaseRecord> {
  const found = await findOwnCase(deps, account, caseId)
  const { statement } = signed
  const detail = { statementHash: statementHash(statement), evidenceHash: statement.evidenceHash, consentHash: statement.consentHash }
  const what = { kind: 'consent', id: statement.id, detail }
  if (await isDone(deps, found, what)) return found
  const { passkeys } = await findAccount(deps, account)
  const passkey = await assertStatement(deps, passkeys, signed, { subject: caseId, subjectVersion: statement.evidence.round })
  if (statement.evidence.passkeyThumbprint !== passkeyThumbprint(passkey)) throw mismatch('The evidence names another passkey than the one that signed.')
  assertContent(statement)
  assertWraps(statement, wraps)
  const { entries } = await currentRoster(deps)
  assertPanelRecipients(statement, entries)
  assertDue(deps, found, statement)
  await assertUploaded(deps, statement)
  await keepWraps(deps, caseId, wraps)

  const consented = await act(deps, deps.cases, caseId, what, (current): Draft<CaseRecord> => {
    assertDue(deps, current, statement)
    const { round } = statement.evidence
    const deadlineSeconds = statement.deadlineSeconds
    return { ...current, state: 'in-review', round, consents: [...current.consents, signed], deadlineSeconds, duty: 'expire', dutyAtSeconds: deadlineSeconds }
  })
  return consented
}

/** The case waits for this consent. Asked before wraps are kept, and again when it takes effect. */
function assertDue({ clock }: CasesDeps, current: CaseRecord | undefined, statement: ConsentStatement): asserts current is CaseRecord {
  assertCaseIn(current, ['drawn', 'resubmission-needed', 'consent-needed'], clock.nowSeconds())
  assertFollows(current, statement, clock.nowSeconds())
}

/** The hashes in the statement are the hashes of its content, and the evidence is what the policy needs. */
function assertContent(statement: ConsentStatement): void {
  if (evidenceHash(statement.evidence) !== statement.evidenceHash) throw mismatch('The evidence has another hash.')
  if (consentHash(statement) !== statement.consentHash) throw mismatch('The consent has another hash.')
  assertEvidenceComplete(policyOf(statement.evidence.policy), statement.evidence.files)
}

function assertWraps({ panel, wraps: named }: ConsentStatement, wraps: ConsentRequest['wraps']): void {
  const isSame = panel.every(({ reviewer }, at) => {
    const sealed = wraps[at]
    return named[at]?.reviewer === reviewer && sealed?.reviewer === reviewer && sha256Hex(fromBase64url(sealed.sealed)) === named[at].sha256
  })
  if (!isSame || named.length !== panel.length || wraps.length !== panel.length) throw mismatch('There must be one wrap for each reviewer of the panel.')
}

function assertPanelRecipients({ panel }: ConsentStatement, entries: readonly RosterEntry[]): void {
  for (const member of panel) {
    const entry = entries.find(({ reviewer }) => reviewer === member.reviewer)
    if (entry?.recipient !== member.recipient || entry.organisation !== member.organisation)
      throw mismatch('A reviewer of the panel is not as the roster says.')
  }
}

/** What the consent must follow from, given the case as it is now. Pure. */
function assertFollows(current: CaseRecord, { evidence, panel, predecessor, deadlineSeconds, evidenceHash: hash }: ConsentStatement, nowSeconds: number): void {
  const draw = drawOf(current)
  const before = latestConsent(current)?.statement
  const isNewRound = current.state !== 'consent-needed'
  const isAboutCase = evidence.case === current.id && evidence.account === current.account && evidence.policy === current.policy && evidence.code === draw.code
  if (!isAboutCase) throw mismatch('The evidence is about another case.')
  if (evidence.round !== (isNewRound ? current.round + 1 : current.round)) throw mismatch('The consent is for another round.')
  if (predecessor !== (before?.consentHash ?? null)) throw mismatch('The consent does not follow the one before.')
  if (!isNewRound && before?.evidenceHash !== hash) throw mismatch('A replacement reviewer sees the same evidence.')
  if (panel.map(({ reviewer }) => reviewer).join() !== expectedPanel(current).join()) throw mismatch('The panel is not the one that was drawn.')
  if (deadlineSeconds <= nowSeconds || deadlineSeconds > nowSeconds + longestConsentSeconds) throw mismatch('The deadline must be within thirty days.')
}

/** The reviewers that the next consent must name, in rank order. */
function expectedPanel(current: CaseRecord): readonly string[] {
  const draw = drawOf(current)
  const before = latestConsent(current)?.statement.panel.map(({ reviewer }) => reviewer)
  if (!before) return draw.ranking.slice(0, draw.panelSize)
  const offered = offeredReviewer(current)
  return offered === undefined ? before : [...before, offered]
}

async function assertUploaded({ blobs }: CasesDeps, { evidence }: ConsentStatement): Promise<void> {
  for (const { sha256, sizeBytes } of evidence.files) {
    if ((await blobs.sizeBytes(blobName(evidence.case, sha256))) !== sizeBytes)
      throw new AuthorityError('files-missing', 'A file of this consent has not been uploaded.')
  }
}

async function keepWraps(deps: CasesDeps, caseId: string, wraps: ConsentRequest['wraps']): Promise<void> {
  const named = wraps.map(({ sealed }) => ({ sealed: fromBase64url(sealed), sha256: sha256Hex(fromBase64url(sealed)) }))
  const hashes = named.map(({ sha256 }) => sha256)
  await noteUploads(deps, caseId, hashes)
  for (const { sealed, sha256 } of named) await deps.blobs.put(blobName(caseId, sha256), (async function* () { yield sealed })(), largestWrapBytes) // prettier-ignore
  await refuseIfOver(deps, caseId, hashes)
}

function mismatch(message: string): AuthorityError {
  return new AuthorityError('consent-mismatch', message)
}
