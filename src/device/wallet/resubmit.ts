import type { CaseReply, RosterEntry } from '../../shared/contract/types.ts'
import { DeviceError } from '../device-error.ts'
import type { CaseFile } from '../vault/vault-index.ts'
import { readVault } from '../vault/vault-store.ts'
import { keepCaseFiles, uploadFiles } from './case-files.ts'
import type { PlainDocument } from './keep-document.ts'
import { type DrawnCase, drawnCase } from './open-case.ts'
import { signConsent } from './sign-consent.ts'
import type { Wallet } from './wallet.ts'

/**
 * Sends the refused files again: a new round and a new consent to the same panel, in which all other files keep their hashes.
 * @param replacements files by type and side; a pair that was not there before is added.
 * @throws {DeviceError} `not-possible-now`, `draw-refused`
 */
export async function resubmit(wallet: Wallet, caseId: string, replacements: readonly PlainDocument[]): Promise<CaseReply> {
  const drawn = await drawnCase(wallet, caseId)
  if (drawn.case.state !== 'resubmission-needed') throw new DeviceError('not-possible-now', 'Nobody asked for files of this case again.')
  const kept = (await caseFiles(wallet, caseId)).filter((file) => !replacements.some(({ type, side }) => type === file.type && side === file.side))
  const files = [...kept, ...(await uploadFiles(wallet, caseId, replacements))]
  await keepCaseFiles(wallet, caseId, files)
  const { panel, consentHash } = lastConsent(drawn)
  return wallet.api.consent(caseId, await signConsent(wallet, { case: drawn.case, code: drawn.draw.code, round: drawn.case.round + 1, files, panel, predecessor: consentHash })) // prettier-ignore
}

/** The keys of a case's files, out of the vault. @throws {DeviceError} `evidence-missing` */
export async function caseFiles(wallet: Wallet, caseId: string): Promise<readonly CaseFile[]> {
  const { index } = await readVault(wallet, wallet.key)
  const files = index.cases.find((each) => each.case === caseId)?.files ?? []
  if (files.length === 0) throw new DeviceError('evidence-missing', 'The vault has no files of this case.')
  return files
}

/**
 * The panel of the last consent, as the checked roster knows its members: keys and recipients come from there, not from the reply.
 * @throws {DeviceError} `draw-refused`
 */
export function lastConsent({ case: { consents }, draw }: DrawnCase): { readonly panel: readonly RosterEntry[]; readonly consentHash: string } {
  const last = consents.at(-1)
  const panel = last?.panel.flatMap(({ reviewer }) => draw.ranking.filter((entry) => entry.reviewer === reviewer)) ?? []
  if (last === undefined || panel.length !== last.panel.length) throw new DeviceError('draw-refused', 'The last consent names a reviewer who was not drawn.')
  return { panel, consentHash: last.consentHash }
}
