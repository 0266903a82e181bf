import type { CaseReply } from '../../shared/contract/types.ts'
import { DeviceError } from '../device-error.ts'
import { drawnCase } from './open-case.ts'
import { caseFiles, lastConsent } from './resubmit.ts'
import { signConsent } from './sign-consent.ts'
import type { Wallet } from './wallet.ts'

/**
 * Consents to one more reviewer, the next in the order of the draw; evidence and earlier verdicts stand.
 * @throws {DeviceError} `draw-refused` if somebody else is offered; `not-possible-now`
 */
export async function acceptReplacement(wallet: Wallet, caseId: string): Promise<CaseReply> {
  const drawn = await drawnCase(wallet, caseId)
  if (drawn.case.state !== 'consent-needed') throw new DeviceError('not-possible-now', 'This case does not need another reviewer.')
  const { panel, consentHash } = lastConsent(drawn)
  const next = drawn.draw.ranking.find((entry) => !panel.includes(entry))
  if (next === undefined || next.reviewer !== drawn.case.offeredReviewer)
    throw new DeviceError('draw-refused', 'The offered reviewer is not the next of the draw.')
  const files = await caseFiles(wallet, caseId)
  const plan = { case: drawn.case, code: drawn.draw.code, round: drawn.case.round, files, panel: [...panel, next], predecessor: consentHash }
  return wallet.api.consent(caseId, await signConsent(wallet, plan))
}
