const texts: Readonly<Record<string, string>> = {
  revoked: 'This attestation has been revoked, so it no longer counts.',
  suspended: 'This attestation is suspended. Ask the authority, then come back.',
  expired: 'This credential has expired. Get a new copy in your wallet and try again.',
  'presentation-expired': 'The answer took too long. Try again.',
  'nonce-used': 'This visit has been answered already. Try again.',
  'no-session': 'Your visit has timed out. Try again.',
  'wrong-audience': 'The answer was made for another site.',
  'wrong-nonce': 'The answer belongs to another visit. Try again.',
  'wrong-policy': 'The attestation follows other rules than this sale needs.',
  'wrong-environment': 'The attestation is of another environment.',
  'unknown-issuer': 'The attestation is of an authority that we do not rely on.',
  'bare-credential': 'A credential alone does not prove who sends it.',
  'status-unavailable': 'We cannot tell just now whether the attestation still stands. Try again in a minute.',
  'status-stale': 'We cannot tell just now whether the attestation still stands. Try again in a minute.',
  'trust-unavailable': 'We cannot reach the authority’s published keys. Try again in a minute.',
  'no-answer': 'We could not check the answer. Try again.',
}

/** Why a presentation was refused, in plain words. */
export function refusalText(code: string): string {
  return texts[code] ?? 'The answer was checked and could not be accepted.'
}
