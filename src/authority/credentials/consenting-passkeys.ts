import type { DecisionRecord, Passkey } from '../../shared/contract/types.ts'
import { passkeyThumbprint } from '../../shared/verify-assertion.ts'

/**
 * The passkeys that the evidence itself names: those that consented. Two reviewers have signed their thumbprints with the evidence, so a judged record cannot
 * name others; a passkey that somebody writes into an account or beside them in the record is not among these.
 */
export function consentingPasskeys({ passkeys, consents }: Pick<DecisionRecord, 'passkeys' | 'consents'>): readonly Passkey[] {
  const consented = new Set(consents.map(({ statement }) => statement.evidence.passkeyThumbprint))
  return passkeys.filter((passkey) => consented.has(passkeyThumbprint(passkey)))
}
