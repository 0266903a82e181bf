import type { CaseReply } from '../../shared/contract/types.ts'
import { DeviceError } from '../device-error.ts'
import { caseFiles } from './case-files.ts'
import { type ConsentTerms, shownConsent } from './due-consent.ts'
import { signConsent } from './sign-consent.ts'
import type { Wallet } from './wallet.ts'

/**
 * Consents to one more reviewer, the next in the order of the draw; evidence and earlier verdicts stand.
 * @param shown the terms that the person agreed to, out of `dueConsent`.
 * @throws {DeviceError} `draw-refused` if somebody else is offered; `terms-refused`, `not-possible-now`
 */
export async function acceptReplacement(wallet: Wallet, caseId: string, shown: ConsentTerms): Promise<CaseReply> {
  const due = await shownConsent(wallet, caseId, shown)
  if (due.case.state !== 'consent-needed') throw new DeviceError('not-possible-now', 'This case does not need another reviewer.')
  return wallet.api.consent(caseId, await signConsent(wallet, { ...due, code: due.draw.code, files: await caseFiles(wallet, caseId) }))
}
