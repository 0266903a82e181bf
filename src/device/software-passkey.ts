import { p256 } from '@noble/curves/nist'
import { hkdf } from '@noble/hashes/hkdf'
import { sha256 } from '@noble/hashes/sha2'
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils'
import type { Assertion, Passkey, Registration } from '../shared/contract/types.ts'
import { fromBase64url, toBase64url } from '../shared/base64url.ts'
import { sha256Bytes } from '../shared/hash.ts'
import { type RandomBytes, randomBytes } from '../shared/ids.ts'
import type { Authenticator, CreateInput, GetInput } from './authenticator.ts'

/** The private part of one passkey, as plain data. Who holds it can sign: keep it in a file that only its user can read. */
export interface SoftwareCredential {
  readonly credentialId: string
  readonly rpId: string
  readonly userHandle: string
  /** P-256 scalar, 32 bytes, base64url. */
  readonly privateKey: string
}

/** An authenticator in software, and the credentials it has made or was given. */
export interface SoftwarePasskey extends Authenticator {
  credentials(): readonly SoftwareCredential[]
}

/**
 * A passkey without hardware, for Node: the command line, the demo, the tests. It answers as if its user were present and verified.
 * @param held credentials exported earlier.
 */
export function softwarePasskey(held: readonly SoftwareCredential[] = [], random: RandomBytes = randomBytes): SoftwarePasskey {
  const all = [...held]
  return {
    credentials: () => [...all],
    create: (input) => {
      const made = { credentialId: toBase64url(random(16)), rpId: input.rpId, userHandle: input.userHandle, privateKey: toBase64url(scalarFrom(random(48))) }
      all.push(made)
      return Promise.resolve(registrationOf(made, input))
    },
    get: (input) => {
      const found = all.find(({ credentialId, rpId }) => rpId === input.rpId && (input.credentialId === undefined || credentialId === input.credentialId))
      return found ? Promise.resolve(assertionOf(found, input)) : Promise.reject(new Error('This authenticator has no such passkey.'))
    },
  }
}

/** The credential that follows from a seed: the same on every device, so that a recovery kit is a way in. */
export function credentialFromSeed(seed: Uint8Array, rpId: string, userHandle: string): SoftwareCredential {
  const derive = (use: string, sizeBytes: number): Uint8Array =>
    hkdf(sha256, seed, utf8ToBytes(`${rpId} ${userHandle}`), `vouchsafe/passkey-${use}/v1`, sizeBytes)
  return { credentialId: toBase64url(derive('id', 16)), rpId, userHandle, privateKey: toBase64url(scalarFrom(derive('key', 48))) }
}

/** An authenticator whose one credential follows from a seed of at least 16 bytes. Creating it again gives the same passkey. */
export function softwarePasskeyFromSeed(seed: Uint8Array, userHandle: string): Authenticator {
  return {
    create: (input) => Promise.resolve(registrationOf(credentialFromSeed(seed, input.rpId, userHandle), input)),
    get: (input) => Promise.resolve(assertionOf(credentialFromSeed(seed, input.rpId, userHandle), input)),
  }
}

/** The public part of a credential, as the authority keeps it. */
export function publicPasskey(credential: SoftwareCredential): Passkey {
  return { credentialId: credential.credentialId, publicKey: toBase64url(coseKey(credential)) }
}

/** A uniform scalar from 48 uniform bytes (FIPS 186-5, A.2.1). */
function scalarFrom(bytes: Uint8Array): Uint8Array {
  return p256.utils.randomSecretKey(bytes)
}

/** The public key as COSE: {1: EC2, 3: ES256, -1: P-256, -2: x, -3: y}. @see RFC 9053, 7.1.1 */
function coseKey({ privateKey }: SoftwareCredential): Uint8Array {
  const point = p256.getPublicKey(fromBase64url(privateKey), false)
  const head = Uint8Array.of(0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01)
  return concatBytes(head, Uint8Array.of(0x21, 0x58, 32), point.subarray(1, 33), Uint8Array.of(0x22, 0x58, 32), point.subarray(33))
}

const userPresent = 0x01
const userVerified = 0x04
const attestedCredentialData = 0x40

/** The signature counter stays 0: a counter in software would prove nothing. @see https://www.w3.org/TR/webauthn-3/#sctn-authenticator-data */
function authenticatorData(rpId: string, flags: number, attested: Uint8Array = new Uint8Array()): Uint8Array {
  return concatBytes(sha256Bytes(utf8ToBytes(rpId)), Uint8Array.of(flags), new Uint8Array(4), attested)
}

function clientData(type: 'webauthn.create' | 'webauthn.get', { challenge, origin }: CreateInput | GetInput): Uint8Array {
  return utf8ToBytes(JSON.stringify({ type, challenge: toBase64url(challenge), origin, crossOrigin: false }))
}

function registrationOf(credential: SoftwareCredential, input: CreateInput): Registration {
  const id = fromBase64url(credential.credentialId)
  const attested = concatBytes(new Uint8Array(16), Uint8Array.of(id.length >> 8, id.length & 0xff), id, coseKey(credential))
  const data = authenticatorData(input.rpId, userPresent | userVerified | attestedCredentialData, attested)
  return {
    credentialId: credential.credentialId,
    clientDataJSON: toBase64url(clientData('webauthn.create', input)),
    attestationObject: toBase64url(attestationNone(data)),
  }
}

/** CBOR of {fmt: "none", attStmt: {}, authData}. */
function attestationNone(data: Uint8Array): Uint8Array {
  const text = (value: string): Uint8Array => concatBytes(Uint8Array.of(0x60 | value.length), utf8ToBytes(value))
  const dataHead = Uint8Array.of(0x59, data.length >> 8, data.length & 0xff)
  return concatBytes(Uint8Array.of(0xa3), text('fmt'), text('none'), text('attStmt'), Uint8Array.of(0xa0), text('authData'), dataHead, data)
}

function assertionOf(credential: SoftwareCredential, input: GetInput): Assertion {
  const data = authenticatorData(input.rpId, userPresent | userVerified)
  const client = clientData('webauthn.get', input)
  const signature = p256.sign(sha256Bytes(data, sha256Bytes(client)), fromBase64url(credential.privateKey))
  return {
    credentialId: credential.credentialId,
    authenticatorData: toBase64url(data),
    clientDataJSON: toBase64url(client),
    signature: toBase64url(signature.toBytes('der')),
  }
}
