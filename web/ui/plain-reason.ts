/** Refusals in words that say what to do next. Codes that are not here are shown with the message that came with them. */
const reasons: Readonly<Record<string, string>> = {
  'sign-in-required': 'Your session is over. Lock this page and unlock it again.',
  'sign-in-failed': 'This passkey was not accepted. Choose the one that was made here for your account.',
  'role-required': 'Your account is not allowed to do this.',
  'too-many-requests': 'Too many tries in a short time. Wait a minute, then try again.',
  'store-unavailable': 'The authority cannot save anything just now. Nothing was lost; try again in a minute.',
  'log-unavailable': 'The authority cannot write its log just now, so nothing was done. Try again in a minute.',
  'case-open-already': 'Another submission of yours is still open.',
  'case-expired': 'The time for this submission is over. Start a new one.',
  'case-state': 'This submission has moved on. Reload the page to see where it stands.',
  'no-panel': 'There are not enough reviewers at this time. Nothing was sent; try again later.',
  'vault-full': 'Your vault has no room for this file. Use a smaller picture.',
  'body-too-large': 'This file is too large.',
  'enrolment-not-usable': 'This enrolment link cannot be used: it is too old, or was used before. Ask for a new one.',
  'lease-held': 'Another reviewer took this case just now. Take the next one.',
  'lease-required': 'Your time on this case has run out. Claim it again.',
  'not-on-panel': 'This case is not for you.',
  'own-case': 'This case is your own person’s. Nobody judges themselves.',
  'verdict-already-given': 'You have given your verdict in this round.',
  'attestation-not-valid': 'Your attestation is not valid now.',
  'wrong-way-in': 'This does not open the vault. Check for a wrong or missing character.',
  'kit-not-checked': 'Check your recovery kit first: without it a lost device would mean a lost vault.',
  'not-an-image': 'This is not a picture that can be used. Choose a JPEG, PNG or WebP file.',
  'too-many-pixels': 'This picture is too large to open safely. Use one of at most 50 megapixels.',
  'vault-rolled-back': 'The authority showed an older vault than this device has seen. Do not go on; write to the operators.',
  'vault-not-genuine': 'What the authority sent as your vault was not made by you. Do not go on; write to the operators.',
  'trust-rolled-back': 'The authority showed an older list of keys than this device has seen. Do not go on; write to the operators.',
  'roster-rolled-back': 'The authority showed an older list of reviewers than this device has seen. Do not go on; write to the operators.',
  'log-forked': 'The authority’s log shows another history than before. Do not go on, and keep this device as evidence.',
  'draw-refused': 'The authority named another panel than was drawn. Nothing was sent; write to the operators.',
  'terms-refused': 'The authority now says otherwise who would look, or until when, than you were shown. Nothing was signed; reload the page and read again.',
  'consent-refused': 'The person did not consent to exactly this. Nothing was opened.',
  'cannot-open': 'This cannot be opened with the key that is on this device.',
  'no-credential': 'No unused copy of your credential is left on this device. Get new ones in your wallet.',
}

/** Why something did not work, in plain words; `code` is for those who want to look it up. */
export function plainReason(error: unknown): { readonly text: string; readonly code?: string } {
  if (!(error instanceof Error)) return { text: 'Something went wrong here. Reload the page and try again.' }
  if (error.name === 'NotAllowedError') return { text: 'The passkey was not used: the prompt was closed or took too long. Try again.' }
  if (error.name === 'InvalidStateError') return { text: 'This device has a passkey for this account already. Unlock with it.' }
  if (error.name === 'TypeError') return { text: 'The authority does not answer. Check your connection and try again.' }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined
  if (code === undefined) return { text: 'Something went wrong here. Reload the page and try again.' }
  return { text: reasons[code] ?? error.message, code }
}
