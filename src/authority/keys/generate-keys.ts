import { createPublicKey, randomBytes } from 'node:crypto'
import { isoCBOR } from '@simplewebauthn/server/helpers'
import { CryptoNoble } from '@cloudflare/voprf-ts/crypto-noble'
import { generateKeyPair as generateOprfKeyPair, Oprf } from '@cloudflare/voprf-ts'
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose'
import { fromBase64url, toBase64url } from '../../shared/base64url.ts'
import { noteVerifierKey } from '../../shared/checkpoint.ts'
import type { EcPublicJwk, OkpPublicJwk, TrustFile } from '../../shared/contract/types.ts'
import { didDocumentOf, type TrustedKey } from '../../shared/did-document.ts'
import { newId } from '../../shared/ids.ts'
import { didOf, logOriginOf } from '../../shared/public-names.ts'
import { assertValid } from '../../shared/validate.ts'
import { installWhole, keyPaths, sealedKeyPath } from './key-files.ts'
import type { KeysInput } from './keys-input.ts'
import { jwksOf } from './published-keys.ts'
import { sealedKey } from './sealed-key.ts'
import { signedTrustFile } from './signers.ts'

/** How long a trust file is good for. */
export const trustLifetimeSeconds = 90 * 86_400

/** Name of the sealed key that scatters status places. */
export const statusPermutationName = 'status-permutation-1'

/** A private key and what the trust file says of it; `root` and the status permutation are not in the trust file's list. */
interface MadeKey {
  readonly name: string
  readonly privateJwk: JWK
  readonly trusted?: TrustedKey
}

/**
 * Makes a whole set of keys and installs it: sealed private keys, the signed trust file and what is published of them.
 * With `operators: 'demo'` one operator is made too, whose private passkey lies beside the keys, and the trust file says `demo`.
 * @throws {AuthorityError} `invalid-request` if the operators do not have the form of the trust file.
 */
export async function generateKeys(input: KeysInput & { readonly secret: Uint8Array; readonly operators: TrustFile['operators'] | 'demo' }): Promise<void> {
  const demo = input.operators === 'demo' ? await newOperatorKey() : undefined
  const operators = input.operators === 'demo' ? [] : input.operators
  const root = await ecKey('root')
  const made = await madeKeys(input.issuer, input.clock.nowSeconds())
  const trust = trustFileOf(input, made, demo ? [demo.trusted] : operators, demo !== undefined)
  assertValid('records/trust', trust)
  const rootThumbprint = await calculateJwkThumbprint(root.privateJwk)
  const sealed = [root, ...made].map(async ({ name, privateJwk }) => [sealedKeyPath(name), await sealedKey(input.secret, { name, rootThumbprint }, privateJwk)] as const)
  await installWhole(input.directory, {
    ...Object.fromEntries(await Promise.all(sealed)),
    ...(demo && { [keyPaths.secret]: `${toBase64url(input.secret)}\n`, 'operators/operator-1.json': jsonText(demo.file) }),
    [keyPaths.trust]: jsonText(await signedTrustFile(root.privateJwk, trust)),
    'public/jwks.json': jsonText(jwksOf(trust)),
    'public/did.json': jsonText(didDocumentOf(trust)),
  })
}

/** JSON as it is written to files. */
export function jsonText(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`
}

function trustFileOf(input: KeysInput, made: readonly MadeKey[], operators: TrustFile['operators'], demo: boolean): TrustFile {
  const { issuer, environment, rpId, origins, rosterDelaySeconds, clock } = input
  const issuedAtSeconds = clock.nowSeconds()
  const expiresAtSeconds = issuedAtSeconds + trustLifetimeSeconds
  const keys = made.flatMap(({ trusted }) => (trusted ? [trusted] : []))
  return { issuer, environment, demo, sequence: 1, issuedAtSeconds, expiresAtSeconds, rosterDelaySeconds, rpId, origins, operators, keys }
}

async function madeKeys(issuer: string, nowSeconds: number): Promise<MadeKey[]> {
  const signing = [
    signingKey(await ecKey('credential-1'), 'credential', 'ES256'),
    signingKey(await edKey('credential-di-1'), 'credential', 'EdDSA'),
    signingKey(await ecKey('status-1'), 'status', 'ES256'),
    signingKey(await edKey('status-di-1'), 'status', 'EdDSA'),
    signingKey(await ecKey('bundle-1'), 'bundle', 'ES256'),
    withVerifierKey(signingKey(await edKey('log-1'), 'log', 'EdDSA'), logOriginOf(issuer)),
  ]
  return [...signing, await oprfKey('oprf-1'), octKey(statusPermutationName, randomBytes(32))].map((key) => inForce(key, issuer, nowSeconds))
}

/** Signing keys are named by absolute DID URLs; the OPRF key by its bare name, for it signs nothing. */
function inForce(key: MadeKey, issuer: string, notBeforeSeconds: number): MadeKey {
  if (!key.trusted) return key
  const kid = key.trusted.use === 'oprf' ? key.name : `${didOf(issuer)}#${key.name}`
  return { ...key, trusted: { ...key.trusted, kid, notBeforeSeconds } }
}

async function ecKey(name: string): Promise<MadeKey> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true })
  return { name, privateJwk: await exportJWK(privateKey) }
}

async function edKey(name: string): Promise<MadeKey> {
  const { privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true })
  return { name, privateJwk: await exportJWK(privateKey) }
}

function octKey(name: string, bytes: Uint8Array): MadeKey {
  return { name, privateJwk: { kty: 'oct', k: toBase64url(bytes) } }
}

async function oprfKey(name: string): Promise<MadeKey> {
  const { privateKey, publicKey } = await generateOprfKeyPair(Oprf.Suite.P256_SHA256, CryptoNoble)
  const trusted: TrustedKey = { kid: name, use: 'oprf', alg: 'P256-SHA256', state: 'active', notBeforeSeconds: 0, publicKey: toBase64url(publicKey) }
  return { ...octKey(name, privateKey), trusted }
}

function signingKey(key: MadeKey, use: TrustedKey['use'], alg: TrustedKey['alg']): MadeKey {
  return { ...key, trusted: { kid: key.name, use, alg, state: 'active', notBeforeSeconds: 0, jwk: publicJwk(key.privateJwk) } }
}

function withVerifierKey(key: MadeKey, origin: string): MadeKey {
  if (!key.trusted?.jwk) return key
  return { ...key, trusted: { ...key.trusted, verifierKey: noteVerifierKey(origin, fromBase64url(key.trusted.jwk.x)) } }
}

/** The public half of a private EC or OKP key. */
export function publicJwk(privateJwk: JWK): EcPublicJwk | OkpPublicJwk {
  const { kty, crv, x, y } = createPublicKey({ key: privateJwk as Record<string, string>, format: 'jwk' }).export({ format: 'jwk' })
  return (kty === 'EC' ? { kty, crv, x, y } : { kty, crv, x }) as EcPublicJwk | OkpPublicJwk
}

/** The private file of an operator: a software passkey, P-256 and ES256, whose user handle is the operator's id. */
export interface OperatorFile {
  readonly operator: string
  readonly credentialId: string
  readonly privateKeyJwk: JWK
  /** COSE, base64url. */
  readonly publicKey: string
}

/** An operator's passkey, for one file, and its public part, as the trust file has it. */
export interface OperatorKey {
  readonly file: OperatorFile
  readonly trusted: TrustFile['operators'][number]
}

/** Makes a passkey for a new operator. */
export async function newOperatorKey(): Promise<OperatorKey> {
  const { privateJwk } = await ecKey('operator')
  const operator = newId('operator')
  const passkey = { credentialId: toBase64url(randomBytes(16)), publicKey: coseKeyOf(publicJwk(privateJwk) as EcPublicJwk) }
  return { file: { operator, ...passkey, privateKeyJwk: privateJwk }, trusted: { operator, passkey } }
}

/** @see RFC 9053, 7.1.1 */
function coseKeyOf({ x, y }: EcPublicJwk): string {
  const [kty, alg, crv] = [2, -7, 1]
  return toBase64url(isoCBOR.encode(new Map<number, number | Uint8Array>([[1, kty], [3, alg], [-1, crv], [-2, fromBase64url(x)], [-3, fromBase64url(y)]]))) // prettier-ignore
}
