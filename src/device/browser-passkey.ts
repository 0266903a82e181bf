import type { Assertion, Registration } from '../shared/contract/types.ts'
import { fromBase64url, toBase64url } from '../shared/base64url.ts'
import type { Authenticator, CreateInput, GetInput } from './authenticator.ts'
import { prfInput } from './vault/prf-wrap.ts'
import type { PrfResult } from './wallet/unlock.ts'

/** The browser's authenticator. Each signature also evaluates the vault's PRF where the passkey has one, so that one gesture signs in and unlocks. */
export interface BrowserPasskey extends Authenticator {
  /** What the last `create` or `get` gave, if the passkey has a PRF. Secret; it is handed over once. */
  takePrfResult(): PrfResult | undefined
  /** The user handle that the last `get` gave: whose passkey the person chose. It is handed over once. */
  takeUserHandle(): string | undefined
}

/** Passkeys by `navigator.credentials`: discoverable, user verified, no attestation. Not for Node. */
export function browserPasskey(): BrowserPasskey {
  let last: PrfResult | undefined
  let userHandle: string | undefined
  const noted = (credential: PublicKeyCredential): PublicKeyCredential => {
    const output = credential.getClientExtensionResults().prf?.results?.first
    last = output === undefined ? undefined : { credentialId: rawId(credential), output: bytesOf(output) }
    userHandle = userHandleOf(credential)
    return credential
  }
  return {
    create: async (input) => registrationOf(noted(await publicKeyCredential(navigator.credentials.create({ publicKey: creationOptions(input) })))),
    get: async (input) => assertionOf(noted(await publicKeyCredential(navigator.credentials.get({ publicKey: requestOptions(input) })))),
    takePrfResult: () => {
      const taken = last
      last = undefined
      return taken
    },
    takeUserHandle: () => {
      const taken = userHandle
      userHandle = undefined
      return taken
    },
  }
}

const prf = { prf: { eval: { first: prfInput } } }

/** The account id is all that the authenticator shows: a name of the person has no place in it. */
function creationOptions({ rpId, userHandle, challenge }: CreateInput): PublicKeyCredentialCreationOptions {
  return {
    rp: { id: rpId, name: 'Vouchsafe' },
    user: { id: new TextEncoder().encode(userHandle), name: userHandle, displayName: userHandle },
    challenge: new Uint8Array(challenge),
    pubKeyCredParams: [{ type: 'public-key', alg: -7 }],
    authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'required' },
    attestation: 'none',
    extensions: prf,
  }
}

function requestOptions({ rpId, challenge, credentialId }: GetInput): PublicKeyCredentialRequestOptions {
  const allowCredentials: PublicKeyCredentialDescriptor[] = credentialId === undefined ? [] : [{ type: 'public-key', id: fromBase64url(credentialId) }]
  return { rpId, challenge: new Uint8Array(challenge), allowCredentials, userVerification: 'required', extensions: prf }
}

async function publicKeyCredential(asked: Promise<Credential | null>): Promise<PublicKeyCredential> {
  const credential = await asked
  if (!(credential instanceof PublicKeyCredential)) throw new Error('The browser gave no passkey.')
  return credential
}

function rawId(credential: PublicKeyCredential): string {
  return toBase64url(new Uint8Array(credential.rawId))
}

function registrationOf(credential: PublicKeyCredential): Registration {
  const response = credential.response as AuthenticatorAttestationResponse
  return { credentialId: rawId(credential), clientDataJSON: text(response.clientDataJSON), attestationObject: text(response.attestationObject) }
}

function assertionOf(credential: PublicKeyCredential): Assertion {
  const { authenticatorData, clientDataJSON, signature } = credential.response as AuthenticatorAssertionResponse
  return { credentialId: rawId(credential), authenticatorData: text(authenticatorData), clientDataJSON: text(clientDataJSON), signature: text(signature) }
}

function userHandleOf({ response }: PublicKeyCredential): string | undefined {
  const handle = 'userHandle' in response ? (response as AuthenticatorAssertionResponse).userHandle : null
  return handle === null ? undefined : new TextDecoder().decode(handle)
}

function text(buffer: ArrayBuffer): string {
  return toBase64url(new Uint8Array(buffer))
}

function bytesOf(source: BufferSource): Uint8Array {
  return source instanceof ArrayBuffer ? new Uint8Array(source) : new Uint8Array(source.buffer, source.byteOffset, source.byteLength)
}
