import type { RosterEntry } from '../../shared/contract/types.ts'
import { canonicalJson } from '../../shared/canonical-json.ts'
import { DeviceError } from '../device-error.ts'
import type { KeptConsent } from '../vault/vault-index.ts'
import { readVault } from '../vault/vault-store.ts'
import { type DrawnCase, drawnCase } from './open-case.ts'
import type { Wallet } from './wallet.ts'

/** What a person is asked: to open files to these reviewers until then. Whoever asks shows this, and hands in what was shown. */
export interface ConsentTerms {
  /** In the order of the draw, as the checked roster knows them. */
  readonly panel: readonly RosterEntry[]
  readonly deadlineSeconds: number
}

/** The consent that a case waits for, as this device works it out. */
export interface DueConsent extends ConsentTerms, DrawnCase {
  readonly round: number
  /** The consent before this one, or null. */
  readonly predecessor: string | null
}

const longestSeconds = 30 * 86_400

/**
 * The consent that a case waits for: panel from the draw, predecessor from the vault, deadline at most thirty days away.
 * @throws {DeviceError} `not-possible-now`, `draw-refused`, `terms-refused`
 */
export async function dueConsent(wallet: Wallet, caseId: string): Promise<DueConsent> {
  const drawn = await drawnCase(wallet, caseId)
  const { deadlineSeconds } = drawn.case
  if (deadlineSeconds > wallet.clock.nowSeconds() + longestSeconds) throw new DeviceError('terms-refused', 'Nothing is opened for longer than thirty days.')
  return { ...drawn, ...(await nextConsent(wallet, drawn)), deadlineSeconds }
}

/**
 * The consent that is due, if its terms are the ones that the person was shown.
 * @throws {DeviceError} `terms-refused` if they are not; as `dueConsent`
 */
export async function shownConsent(wallet: Wallet, caseId: string, shown: ConsentTerms): Promise<DueConsent> {
  const due = await dueConsent(wallet, caseId)
  if (termsText(due) !== termsText(shown)) throw new DeviceError('terms-refused', 'This is not what you were shown. Nothing was signed; look again.')
  return due
}

function termsText({ panel, deadlineSeconds }: ConsentTerms): string {
  return canonicalJson({ panel, deadlineSeconds })
}

async function nextConsent(wallet: Wallet, drawn: DrawnCase): Promise<Pick<DueConsent, 'round' | 'panel' | 'predecessor'>> {
  const { state, offeredReviewer } = drawn.case
  if (state === 'drawn') return { round: 1, panel: drawn.draw.panel, predecessor: null }
  if (state !== 'resubmission-needed' && state !== 'consent-needed') throw new DeviceError('not-possible-now', 'This case does not wait for a consent.')
  const { round, consentHash, panel } = await lastConsent(wallet, drawn)
  if (state === 'resubmission-needed') return { round: round + 1, panel: drawn.draw.ranking.slice(0, panel.length), predecessor: consentHash }
  const next = drawn.draw.ranking[panel.length]
  if (next === undefined || next.reviewer !== offeredReviewer) throw refused('The offered reviewer is not the next of the draw.')
  return { round, panel: drawn.draw.ranking.slice(0, panel.length + 1), predecessor: consentHash }
}

/** The consent of our own that the authority says is in force. Whom it named is what the vault says, which must be the draw's first, in order. */
async function lastConsent(wallet: Wallet, { case: { case: caseId, consents, round }, draw }: DrawnCase): Promise<KeptConsent> {
  const { index } = await readVault(wallet, wallet.key)
  const kept = index.cases.find((each) => each.case === caseId)?.consents ?? []
  const last = kept.find(({ consentHash }) => consentHash === consents.at(-1)?.consentHash)
  if (last === undefined || last.round !== round) throw refused('The authority shows a last consent that this vault has not signed.')
  if (!last.panel.every((reviewer, at) => draw.ranking[at]?.reviewer === reviewer)) throw refused('The last consent is not to the first of the draw.')
  return last
}

function refused(message: string): DeviceError {
  return new DeviceError('draw-refused', message)
}
