/**
 * Why a Data Integrity presentation is not accepted. Codes are those of `@vouchsafe/verify` where the reason is the same.
 * `cannot-tell` reasons are about the authority's own material: nothing can be said about the person.
 */
const dataIntegrityCodes = {
  'wrong-shape': ['invalid', 'The presentation or credential does not have exactly its form'],
  'unknown-issuer': ['invalid', 'The credential is of another authority'],
  'wrong-environment': ['invalid', 'The attestation is of another environment'],
  'wrong-policy': ['invalid', 'The attestation follows another policy'],
  'holder-mismatch': ['invalid', 'The presenter is not the holder of the credential'],
  'wrong-audience': ['invalid', 'The presentation was made for another site'],
  'wrong-nonce': ['invalid', 'The presentation answers another request'],
  'wrong-key-use': ['invalid', 'No credential key of the trust file signed this'],
  'key-outside-life': ['invalid', 'The key was not in use at that time'],
  'not-yet-valid': ['invalid', 'The credential is not valid yet'],
  expired: ['invalid', 'The credential has expired'],
  'holder-signature': ['invalid', 'The holder key did not sign this presentation'],
  'issuer-signature': ['invalid', 'The authority did not sign this credential'],
  revoked: ['invalid', 'The attestation has been revoked'],
  suspended: ['invalid', 'The attestation is suspended'],
  'status-unavailable': ['cannot-tell', 'A status list cannot be had'],
  'status-malformed': ['cannot-tell', 'A status list does not have its form'],
  'status-signature': ['cannot-tell', 'A status list is not signed by a status key of the trust file'],
  'status-stale': ['cannot-tell', 'A status list is older than you allow, or dated in the future'],
} as const satisfies Record<string, readonly ['invalid' | 'cannot-tell', string]>

/** The stable name of a reason. */
export type DataIntegrityCode = keyof typeof dataIntegrityCodes

/** A presentation that is not accepted; programs read `code` and `verdict`. */
export class DataIntegrityError extends Error {
  readonly code: DataIntegrityCode
  readonly verdict: 'invalid' | 'cannot-tell'

  constructor(code: DataIntegrityCode) {
    const [verdict, title] = dataIntegrityCodes[code]
    super(title)
    this.name = 'DataIntegrityError'
    this.code = code
    this.verdict = verdict
  }
}
