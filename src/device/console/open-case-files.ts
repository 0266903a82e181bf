import type { CaseReply, EvidenceFile, LeaseReply, OpeningReply, ReviewQueueReply } from '../../shared/contract/types.ts'
import { fromBase64url } from '../../shared/base64url.ts'
import { DeviceError } from '../device-error.ts'
import { openWith } from '../seal/age.ts'
import { openFile } from '../seal/open-file.ts'
import type { PlainFieldsFile } from '../wallet/case-files.ts'
import type { PlainWrap } from '../wallet/sign-consent.ts'
import type { Console } from './console.ts'
import { assertConsented } from './verify-opening.ts'

/** A file of a case, opened on the reviewer's device. */
export interface PlainEvidenceFile extends EvidenceFile {
  readonly plain: Uint8Array
}

/** A case that is open before a reviewer. Personal data: it lives as long as the review. */
export interface PlainCase {
  readonly opening: OpeningReply
  readonly files: readonly PlainEvidenceFile[]
  /** What the person typed, to compare with the pictures. */
  readonly plainFields: PlainFieldsFile
}

/** Cases that this reviewer may claim, oldest first. */
export async function reviewQueue({ api }: Console): Promise<ReviewQueueReply['data']> {
  return (await api.queue()).data
}

/** Claims a case for a while. @throws {AuthorityProblem} `lease-held`, `own-case`, `not-on-panel` */
export async function claimCase({ api }: Console, caseId: CaseReply['case']): Promise<LeaseReply> {
  return api.claim(caseId)
}

/**
 * Opens the files of a claimed case. The opening is in the log before the authority gives the ciphertext; the consent is checked here before anything is opened.
 * @throws {DeviceError} `consent-refused`, `cannot-open`: then the verdict is `cannot-open`.
 * @throws {AuthorityProblem} `lease-required`
 */
export async function openCaseFiles(console: Console, caseId: string): Promise<PlainCase> {
  const opening = await console.api.open(caseId)
  if (opening.case !== caseId) throw new DeviceError('consent-refused', 'The authority opened another case.')
  await assertConsented(console, opening)
  const wrap = await openWrap(console, opening)
  const files = await Promise.all(opening.evidence.files.map((file) => openEvidence(console, opening, wrap, file)))
  return { opening, files, plainFields: fieldsOf(files) }
}

async function openWrap({ secrets }: Console, { case: caseId, round, sealedWrap }: OpeningReply): Promise<PlainWrap> {
  const wrap = JSON.parse(new TextDecoder().decode(await openWith(secrets.identity, fromBase64url(sealedWrap)))) as PlainWrap
  if (wrap.case !== caseId || wrap.round !== round) throw new DeviceError('cannot-open', 'The keys are of another case or round.')
  return wrap
}

async function openEvidence({ api }: Console, { case: caseId }: OpeningReply, { identities }: PlainWrap, file: EvidenceFile): Promise<PlainEvidenceFile> {
  const identity = identities[file.sha256]
  if (identity === undefined) throw new DeviceError('cannot-open', 'The person sent no key for one of the files.')
  return { ...file, plain: await openFile(await api.caseFile(caseId, file.sha256), { sha256: file.sha256, identity }) }
}

function fieldsOf(files: readonly PlainEvidenceFile[]): PlainFieldsFile {
  const file = files.find(({ type }) => type === 'fields')
  if (file === undefined) return { fields: {}, documentKeys: [] }
  return JSON.parse(new TextDecoder().decode(file.plain)) as PlainFieldsFile
}
