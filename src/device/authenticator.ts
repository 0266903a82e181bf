import type { Assertion, Registration } from '../shared/contract/types.ts'

/** What a registration is made for. */
export interface CreateInput {
  readonly rpId: string
  /** The account id: authenticators show and return it, and it says nothing about the person. */
  readonly userHandle: string
  /** Computed on this device from a statement, never taken from a server. */
  readonly challenge: Uint8Array
  readonly origin: string
}

/** What an assertion is made for. */
export interface GetInput {
  readonly rpId: string
  readonly challenge: Uint8Array
  /** Which passkey signs; without it the authenticator, or its user, chooses. */
  readonly credentialId?: string
  readonly origin: string
}

/**
 * The one way to sign on a device: a WebAuthn authenticator that verifies its user.
 * Browsers have `navigator.credentials`; Node, the command line and the tests have a software passkey.
 */
export interface Authenticator {
  create(input: CreateInput): Promise<Registration>
  get(input: GetInput): Promise<Assertion>
}
