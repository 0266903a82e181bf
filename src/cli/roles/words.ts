import { fingerprint } from '../../device/fingerprint.ts'
import type { ConsentTerms } from '../../device/wallet/due-consent.ts'
import type { CaseReply, EvidenceFile } from '../../shared/contract/types.ts'

const states: Readonly<Record<CaseReply['state'], string>> = {
  opened: 'opened; the panel has not been drawn yet',
  drawn: 'waits for your consent',
  'in-review': 'is being reviewed',
  'resubmission-needed': 'needs files again',
  'consent-needed': 'needs another reviewer; run: accept, or: withdraw',
  approved: 'two reviewers agreed; the attestation is being made',
  attested: 'identified',
  'recovery-needed': 'shows a document of a person whom another account belongs to; recover that account',
  rejected: 'rejected',
  withdrawn: 'withdrawn',
  expired: 'expired',
  refused: 'refused',
}

/** A case in plain words: its state, what to send again and why. */
export function caseLines({ case: caseId, state, outcomes, openings, consents, attestation, purgedAtSeconds }: CaseReply): string[] {
  const files = consents.flatMap((consent) => consent.files)
  const named = (sha256: string): string => {
    const file = files.find((each) => each.sha256 === sha256)
    return file === undefined ? 'a file' : fileName(file)
  }
  const reasons = (outcomes.at(-1)?.reasons ?? []).map(({ sha256, code }) => `  ${named(sha256)}: ${code}`)
  const isRefused = state === 'resubmission-needed' || state === 'rejected'
  return [
    `Case ${caseId}: ${states[state]}`,
    ...(isRefused ? reasons : []),
    ...openings.map(({ reviewer, atSeconds }) => `  opened by ${reviewer} at ${new Date(atSeconds * 1000).toISOString()}`),
    ...(attestation === undefined ? [] : [`  attestation ${attestation}`]),
    ...(purgedAtSeconds === undefined ? [] : ['  the documents sent for review are gone']),
  ]
}

/** Which file of a case. */
export type FilePlace = Pick<EvidenceFile, 'type' | 'side'>

/** What a consent would open, to whom, and until when. */
export function termsLines({ panel, deadlineSeconds }: ConsentTerms, files: readonly FilePlace[]): string[] {
  return [
    `Until ${new Date(deadlineSeconds * 1000).toISOString()} these reviewers, and nobody else, can open the files below:`,
    ...panel.map(({ reviewer, organisation, recipient }) => `  ${organisation}: ${reviewer}, key ${fingerprint(recipient)}`),
    'Files:',
    ...files.map((file) => `  ${fileName(file)}`),
  ]
}

function fileName({ type, side }: FilePlace): string {
  return side === 'single' ? type : `${type} (${side})`
}
