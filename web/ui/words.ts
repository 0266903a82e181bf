import type { CaseReply, EvidenceType, ReasonCode, Side } from '../../src/shared/contract/types.ts'

/** What evidence is called. */
export const evidenceNames: Readonly<Record<EvidenceType, string>> = {
  passport: 'Passport',
  'identity-card': 'Identity card',
  'driving-licence': 'Driving licence',
  'residence-registration': 'Proof of residence',
  'temporary-registration': 'Temporary registration',
  'financial-document': 'Bank or tax letter',
  'selfie-with-document': 'Selfie with document',
  fields: 'Typed details',
}

/** A file by its name and side. */
export function fileName({ type, side }: { readonly type: EvidenceType; readonly side: Side }): string {
  return side === 'single' ? evidenceNames[type] : `${evidenceNames[type]}, ${side}`
}

/** Why a file is asked for again, as the person reads it. */
export const reasonTexts: Readonly<Record<ReasonCode, string>> = {
  blurred: 'The picture is blurred.',
  glare: 'A reflection hides part of it.',
  'cut-off': 'Part of it is cut off.',
  expired: 'The document has expired.',
  'wrong-document': 'This is another kind of document.',
  'other-side-missing': 'The other side is missing.',
  unreadable: 'It cannot be read.',
  'code-missing': 'The handwritten code is missing.',
  'code-wrong': 'The handwritten code is not the one of this submission.',
  'words-missing': 'The handwritten words are missing.',
  'face-not-visible': 'The face cannot be seen well.',
  'fields-differ': 'What was typed differs from the document.',
  'not-the-same-person': 'The pictures do not show the same person.',
  'altered-document': 'The document seems to have been changed.',
  'not-genuine': 'The document does not seem genuine.',
  'under-age': 'The person is too young for this.',
}

/** What the handwritten note in the selfie says, besides the code. */
export const selfieWords = 'for Vouchsafe identification only'

/** What sites are told, and nothing else. */
export const theSentence = 'This person is identified, and is who they claim to be. You don’t need to know any more.'

/** How a case ended without an attestation. */
export const endTexts: Readonly<Partial<Record<CaseReply['state'], string>>> = {
  rejected: 'Two reviewers looked at your submission and could not identify you by it.',
  withdrawn: 'You withdrew your last submission. The reviewers can no longer open it.',
  expired: 'The time for your last submission ran out before it was decided.',
  refused: 'Your last submission could not be turned into an attestation.',
  'recovery-needed':
    'A document that you sent belongs to a person who has an account here already. Come back to that account with its passkey or recovery kit.',
}

/** A day and time as people write them. */
export function dateText(seconds: number): string {
  return new Date(seconds * 1000).toLocaleString('en-GB', { day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit' })
}

/** A day as people write it. */
export function dayText(seconds: number): string {
  return new Date(seconds * 1000).toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric' })
}
