import { verifyAuthenticationResponse, verifyRegistrationResponse } from '@simplewebauthn/server'
import type { Assertion, Passkey, Registration } from './contract/types.ts'
import { fromBase64url, toBase64url } from './base64url.ts'
import { AuthorityError } from './errors.ts'
import { sha256Bytes } from './hash.ts'
import { type Signed, type StatementFrame, signInChallenge, statementChallenge } from './statement.ts'

/** For whom assertions are made: the relying-party id and the page origins of this authority. */
export interface WebauthnScope {
  readonly rpId: string
  readonly origins: readonly string[]
}

/** The thumbprint of a passkey: SHA-256 of its COSE public key, base64url. */
export function passkeyThumbprint(passkey: Passkey): string {
  return toBase64url(sha256Bytes(fromBase64url(passkey.publicKey)))
}

/**
 * Checks that `passkey` made `assertion` over exactly this statement, at one of our origins, with the user present and verified.
 * @throws {AuthorityError} `statement-refused`, whatever the reason.
 * @see https://www.w3.org/TR/webauthn-3/#sctn-verifying-assertion
 */
export async function assertSignedBy(scope: WebauthnScope, passkey: Passkey, signed: Signed<StatementFrame>): Promise<void> {
  if (!(await isAssertionOver(scope, passkey, signed.assertion, statementChallenge(signed.statement)))) {
    throw new AuthorityError('statement-refused', `The ${signed.statement.kind} statement is not signed by the passkey it needs.`)
  }
}

/**
 * Checks the assertion of a sign-in.
 * @throws {AuthorityError} `sign-in-failed`, whatever the reason.
 */
export async function assertSignIn(scope: WebauthnScope, passkey: Passkey, issuer: string, nonce: string, assertion: Assertion): Promise<void> {
  if (!(await isAssertionOver(scope, passkey, assertion, signInChallenge(issuer, nonce)))) {
    throw new AuthorityError('sign-in-failed', 'This sign-in was not accepted.')
  }
}

/**
 * Reads the passkey out of a registration whose challenge is the hash of `statement`.
 * @throws {AuthorityError} `statement-refused`, whatever the reason.
 */
export async function registeredPasskey(scope: WebauthnScope, registration: Registration, statement: StatementFrame): Promise<Passkey> {
  const { credentialId, clientDataJSON, attestationObject } = registration
  const verified = await verifyRegistrationResponse({
    response: { id: credentialId, rawId: credentialId, type: 'public-key', clientExtensionResults: {}, response: { clientDataJSON, attestationObject } },
    expectedChallenge: toBase64url(statementChallenge(statement)),
    expectedOrigin: [...scope.origins],
    expectedRPID: scope.rpId,
    requireUserVerification: true,
  }).catch(() => undefined)
  if (!verified?.verified) throw new AuthorityError('statement-refused', 'The registration of the passkey was not accepted.')
  const { credential } = verified.registrationInfo
  return { credentialId: credential.id, publicKey: toBase64url(credential.publicKey) }
}

async function isAssertionOver(scope: WebauthnScope, passkey: Passkey, assertion: Assertion, challenge: Uint8Array): Promise<boolean> {
  const { credentialId, authenticatorData, clientDataJSON, signature } = assertion
  if (credentialId !== passkey.credentialId) return false
  const verified = await verifyAuthenticationResponse({
    response: {
      id: credentialId,
      rawId: credentialId,
      type: 'public-key',
      clientExtensionResults: {},
      response: { authenticatorData, clientDataJSON, signature },
    },
    expectedChallenge: toBase64url(challenge),
    expectedOrigin: [...scope.origins],
    expectedRPID: scope.rpId,
    requireUserVerification: true,
    // Statements are judged again long after they were made, so a counter cannot be compared; acts are used once by their ids instead.
    credential: { id: passkey.credentialId, publicKey: fromBase64url(passkey.publicKey), counter: 0 },
  }).catch(() => undefined)
  return verified?.verified === true
}
