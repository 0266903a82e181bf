/** Labels that keep one use of a hash apart from another. Each is used with `labelledHash`. */
export const labels = {
  signIn: 'vouchsafe/sign-in/v1',
  caseNonce: 'vouchsafe/case-nonce/v1',
  draw: 'vouchsafe/draw/v1',
  rank: 'vouchsafe/rank/v1',
  caseCode: 'vouchsafe/case-code/v1',
  evidence: 'vouchsafe/evidence/v1',
  consentContent: 'vouchsafe/consent-content/v1',
  roster: 'vouchsafe/roster-content/v1',
  documentKey: 'vouchsafe/document-key/v1',
} as const

/** The label of a statement of this kind, such as `vouchsafe/verdict/v1`. */
export function statementLabel(kind: string): string {
  return `vouchsafe/${kind}/v1`
}
