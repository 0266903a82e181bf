import type { CaseReply } from '../../shared/contract/types.ts'
import { DeviceError } from '../device-error.ts'
import { caseFiles, keepCaseFiles, uploadFiles } from './case-files.ts'
import { type ConsentTerms, shownConsent } from './due-consent.ts'
import type { PlainDocument } from './keep-document.ts'
import { signConsent } from './sign-consent.ts'
import type { Wallet } from './wallet.ts'

/** What a person decides when sending files again. */
export interface ResubmitInput {
  readonly case: string
  /** By type and side; a pair that was not there before is added. */
  readonly replacements: readonly PlainDocument[]
  /** The terms that the person agreed to, out of `dueConsent`. */
  readonly shown: ConsentTerms
}

/**
 * Sends the refused files again: a new round and a new consent to the same panel, in which all other files keep their hashes.
 * @throws {DeviceError} `not-possible-now`, `draw-refused`, `terms-refused`
 */
export async function resubmit(wallet: Wallet, { case: caseId, replacements, shown }: ResubmitInput): Promise<CaseReply> {
  const due = await shownConsent(wallet, caseId, shown)
  if (due.case.state !== 'resubmission-needed') throw new DeviceError('not-possible-now', 'Nobody asked for files of this case again.')
  const kept = (await caseFiles(wallet, caseId)).filter((file) => !replacements.some(({ type, side }) => type === file.type && side === file.side))
  const files = [...kept, ...(await uploadFiles(wallet, caseId, replacements))]
  await keepCaseFiles(wallet, caseId, files)
  return wallet.api.consent(caseId, await signConsent(wallet, { ...due, code: due.draw.code, files }))
}
