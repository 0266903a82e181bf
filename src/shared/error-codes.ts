/**
 * Every expected failure of the authority, its HTTP status and its title. The code is stable; a page in `docs/problems/` explains it.
 * This table is the one place where codes are listed.
 */
export const errorCodes = {
  // requests
  'invalid-request': [400, 'The request does not have the expected form'],
  'malformed-json': [400, 'The body is not JSON'],
  'unsupported-media-type': [415, 'This media type is not accepted here'],
  'not-acceptable': [406, 'No representation of the wanted type exists'],
  'body-too-large': [413, 'The body is larger than this route accepts'],
  'hash-mismatch': [422, 'The content does not have the hash that names it'],
  'not-found': [404, 'There is nothing here, or nothing for you'],
  'method-not-allowed': [405, 'This method is not available here'],
  'precondition-required': [428, 'This change needs an If-Match header'],
  'stale-version': [412, 'It has changed since you read it'],
  'idempotency-key-reused': [422, 'This Idempotency-Key came with another body before'],
  'too-many-requests': [429, 'Too many requests'],
  'store-unavailable': [503, 'The store does not answer; try again'],
  'id-taken': [409, 'This id is in use'],
  // who is who
  'sign-in-required': [401, 'Sign in first'],
  'sign-in-failed': [401, 'This sign-in was not accepted'],
  'two-session-carriers': [400, 'Send a cookie or a bearer, not both'],
  'origin-refused': [403, 'This origin may not use a cookie session'],
  'role-required': [403, 'Your role does not allow this'],
  'statement-refused': [422, 'The signed statement was not accepted'],
  'statement-expired': [422, 'The signed statement is too old or from the future'],
  'passkey-unknown': [422, 'This passkey is not registered for this act'],
  'last-way-in': [409, 'The last way in cannot be removed'],
  'enrolment-not-usable': [404, 'This enrolment link cannot be used'],
  'roster-sequence': [409, 'The roster has moved on'],
  // the vault
  'vault-full': [409, 'The vault has no room for this'],
  // cases
  'case-state': [409, 'The case is not in a state that allows this'],
  'case-expired': [409, 'The time of this case is over'],
  'case-open-already': [409, 'Another case of this account is still open'],
  'nonce-mismatch': [422, 'The nonce is not the one whose hash opened the case'],
  'no-panel': [503, 'There are not enough reviewers at this time'],
  'consent-mismatch': [422, 'The consent does not cover this evidence and panel'],
  'evidence-incomplete': [422, 'The policy needs evidence that is not there'],
  'files-missing': [422, 'Files of this consent have not been uploaded'],
  // review
  'not-on-panel': [404, 'There is nothing here, or nothing for you'],
  'own-case': [403, 'Nobody judges their own person'],
  'lease-held': [409, 'Another reviewer is looking at this case now'],
  'lease-required': [409, 'Claim the case first; your lease may have run out'],
  'opening-required': [409, 'Open the case before you judge it'],
  'verdict-already-given': [409, 'You have given your verdict in this round'],
  'verdict-mismatch': [422, 'The verdict is not about this case, round and evidence'],
  'checklist-incomplete': [422, 'Approval needs every point of the checklist'],
  'reasons-required': [422, 'This verdict needs reasons'],
  'tags-required': [422, 'This verdict needs the tags of each numbered document'],
  'evaluation-limit': [429, 'The evaluations of this lease are used up'],
  'evaluation-refused': [422, 'The blinded input was not accepted'],
  // attestations and credentials
  'not-attestable': [409, 'The evidence does not justify an attestation'],
  'attestation-not-valid': [409, 'The attestation is not valid now'],
  'issuance-key-unknown': [422, 'This issuance key is not authorised for the attestation'],
  'proof-of-possession': [422, 'A holder key came without proof of possession'],
  'payload-refused': [422, 'The payload says more than a credential may say'],
  'counter-used': [409, 'This status counter has been used'],
  'request-replayed': [409, 'This issuance request has been answered before'],
  'batch-too-large': [422, 'Too many copies in one request'],
  // keys and start-up
  'key-sealed': [503, 'A private key cannot be unsealed'],
  'store-of-another-issuer': [503, 'The store belongs to another issuer or environment'],
  'log-unavailable': [503, 'The log cannot be written; nothing was done'],
} as const satisfies Record<string, readonly [status: number, title: string]>

/** The stable name of an expected failure. */
export type ErrorCode = keyof typeof errorCodes
