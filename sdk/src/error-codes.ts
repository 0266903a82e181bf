/** `invalid`: do not accept it. `cannot-tell`: the authority's own material is missing, old or wrong, so nothing can be said about the person. */
export type Verdict = 'invalid' | 'cannot-tell'

/** Why a presentation is not genuine, or why nobody can tell. This table is the one place where these codes are listed. */
export const verificationCodes = {
  // the text itself
  'malformed-token': ['invalid', 'This is not one compact JWS in its only spelling'],
  'bare-credential': ['invalid', 'A credential without a presentation proves nothing about who sends it'],
  'wrong-header': ['invalid', 'The header is not exactly the one of this format'],
  'wrong-shape': ['invalid', 'The payload has missing, unknown or mistyped members'],
  'claims-disagree': ['invalid', 'Members that must say the same do not'],
  // who signed
  'holder-mismatch': ['invalid', 'The presenter is not the holder of the credential'],
  'holder-signature': ['invalid', 'The holder key did not sign this presentation'],
  'unknown-issuer': ['invalid', 'The credential is of another authority'],
  'unknown-key': ['invalid', 'The trust file has no such key'],
  'wrong-key-use': ['invalid', 'This key does not sign credentials'],
  'key-compromised': ['invalid', 'The key is compromised, and with it every credential that it signed'],
  'key-outside-life': ['invalid', 'The key was not in use at that time'],
  'issuer-signature': ['invalid', 'The authority did not sign this credential'],
  'high-s-signature': ['invalid', 'The authority signs with low S only; this is a re-spelled signature'],
  // times and status
  'not-yet-valid': ['invalid', 'The credential is not valid yet'],
  expired: ['invalid', 'The credential has expired'],
  'presentation-not-yet-valid': ['invalid', 'The presentation is dated in the future'],
  'presentation-expired': ['invalid', 'The presentation has expired'],
  'presentation-too-long': ['invalid', 'The presentation claims a life of more than 300 seconds'],
  'status-reference': ['invalid', 'The credential names no status place of its authority'],
  revoked: ['invalid', 'The attestation has been revoked'],
  suspended: ['invalid', 'The attestation is suspended'],
  // the authority's own material
  'trust-unavailable': ['cannot-tell', 'The trust file cannot be had'],
  'trust-malformed': ['cannot-tell', 'The trust file does not have its form'],
  'trust-signature': ['cannot-tell', 'The trust file is not signed by the pinned root key'],
  'trust-of-another-issuer': ['cannot-tell', 'The trust file is of another authority'],
  'trust-expired': ['cannot-tell', 'The trust file has expired'],
  'trust-from-the-future': ['cannot-tell', 'The trust file is dated in the future; the clocks disagree'],
  'trust-rolled-back': ['cannot-tell', 'A later trust file has been seen'],
  'bundle-malformed': ['cannot-tell', 'The trust bundle does not have its form'],
  'bundle-signature': ['cannot-tell', 'The trust bundle is not signed by a bundle key of its trust file'],
  'bundle-expired': ['cannot-tell', 'The trust bundle has expired'],
  'bundle-from-the-future': ['cannot-tell', 'The trust bundle is dated in the future; the clocks disagree'],
  'bundle-rolled-back': ['cannot-tell', 'A later trust bundle has been seen'],
  'status-unavailable': ['cannot-tell', 'The status list cannot be had'],
  'status-malformed': ['cannot-tell', 'The status list does not have its form'],
  'status-signature': ['cannot-tell', 'The status list is not signed by a status key of the trust file'],
  'status-of-another-list': ['cannot-tell', 'The status list is another one than the credential names'],
  'status-from-the-future': ['cannot-tell', 'The status list is dated in the future; the clocks disagree'],
  'status-stale': ['cannot-tell', 'The status list is older than you allow'],
  'status-rolled-back': ['cannot-tell', 'A later status list has been seen'],
  'status-unknown-value': ['cannot-tell', 'The status list holds a value without meaning'],
} as const satisfies Record<string, readonly [Verdict, string]>

/** Why a genuine presentation is not the one that was asked for. */
export const policyCodes = {
  'wrong-audience': ['invalid', 'The presentation was made for another site'],
  'wrong-nonce': ['invalid', 'The presentation answers another request'],
  'nonce-used': ['invalid', 'This nonce has been answered by this holder before'],
  'wrong-policy': ['invalid', 'The attestation follows another policy'],
  'wrong-environment': ['invalid', 'The attestation is of another environment'],
} as const satisfies Record<string, readonly [Verdict, string]>

/** The stable name of a reason in `VerificationError`. */
export type VerificationCode = keyof typeof verificationCodes

/** The stable name of a reason in `PolicyError`. */
export type PolicyCode = keyof typeof policyCodes
