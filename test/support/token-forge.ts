import { deflateSync } from 'node:zlib'
import { webcrypto } from 'node:crypto'

/** A small authority for tests: it signs anything, right or wrong, straight by WebCrypto, so that no library mends the forgery. */

export type Json = Record<string, unknown>

export interface KeyPair {
  readonly privateKey: webcrypto.CryptoKey
  readonly jwk: { readonly kty: string; readonly crv: string; readonly x: string; readonly y: string }
}

export const issuer = 'https://id.example'
export const did = 'did:web:id.example'
export const audience = 'https://ico.example'
export const nonce = 'nonce-of-one-visitor'
export const monday = 1_794_787_200
/** A Wednesday noon, in the week that begins at `monday`. */
export const now = monday + 2 * 86_400 + 43_200
export const listUri = `${issuer}/status/tsl/3`
const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n

export const base64url = (value: string | Uint8Array): string => Buffer.from(value).toString('base64url')
export const segment = (value: unknown): string => base64url(typeof value === 'string' || value instanceof Uint8Array ? value : JSON.stringify(value))
export const dateOf = (seconds: number): string => new Date(seconds * 1000).toISOString().replace('.000Z', 'Z')

export async function newKey(): Promise<KeyPair> {
  const { privateKey, publicKey } = await webcrypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify'])
  const { kty, crv, x, y } = await webcrypto.subtle.exportKey('jwk', publicKey)
  return { privateKey, jwk: { kty: kty!, crv: crv!, x: x!, y: y! } }
}

export function didOf({ jwk: { kty, crv, x, y } }: KeyPair): string {
  return `did:jwk:${segment({ crv, kty, x, y })}`
}

/** The signature with its s in the wanted half. */
export function withS(half: 'low' | 'high', signature: Uint8Array): Uint8Array {
  const s = BigInt(`0x${Buffer.from(signature.subarray(32)).toString('hex')}`)
  const isLow = s <= order / 2n
  const wanted = isLow === (half === 'low') ? s : order - s
  return Buffer.concat([signature.subarray(0, 32), Buffer.from(wanted.toString(16).padStart(64, '0'), 'hex')])
}

/** Signs header and payload, each an object or the very text to be encoded. */
export async function sign(header: unknown, payload: unknown, key: KeyPair, half: 'low' | 'high' = 'low'): Promise<string> {
  const input = `${segment(header)}.${segment(payload)}`
  const raw = await webcrypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, key.privateKey, Buffer.from(input))
  return `${input}.${base64url(withS(half, new Uint8Array(raw)))}`
}

export interface Forge {
  readonly root: KeyPair
  readonly credentialKey: KeyPair
  readonly statusKey: KeyPair
  readonly bundleKey: KeyPair
  readonly holder: KeyPair
}

export async function newForge(): Promise<Forge> {
  const [root, credentialKey, statusKey, bundleKey, holder] = await Promise.all(Array.from({ length: 5 }, newKey))
  return { root: root!, credentialKey: credentialKey!, statusKey: statusKey!, bundleKey: bundleKey!, holder: holder! }
}

export const credentialHeader = { alg: 'ES256', typ: 'vc+jwt', cty: 'vc', kid: `${did}#credential-1` }

export function credentialPayload(holder: KeyPair, index = 94_567, from = issuer): Json {
  const id = from.replace('https://', 'did:web:')
  const entry = (statusPurpose: string) => ({
    type: 'BitstringStatusListEntry',
    statusPurpose,
    statusListIndex: String(index),
    statusListCredential: `${from}/status/bitstring/${statusPurpose}/3`,
  })
  return {
    '@context': ['https://www.w3.org/ns/credentials/v2', `${from}/contexts/identified/v1`],
    type: ['VerifiableCredential', 'IdentifiedCredential'],
    issuer: id,
    iss: id,
    validFrom: dateOf(monday),
    iat: monday,
    validUntil: dateOf(monday + 28 * 86_400),
    exp: monday + 28 * 86_400,
    credentialSubject: { id: didOf(holder), identified: true },
    policy: `${from}/policies/identified/v1`,
    credentialStatus: [entry('revocation'), entry('suspension')],
    status: { status_list: { idx: index, uri: `${from}/status/tsl/3` } },
    cnf: { jwk: holder.jwk },
  }
}

export const presentationHeader = (holder: KeyPair) => ({ alg: 'ES256', typ: 'vp+jwt', cty: 'vp', kid: `${didOf(holder)}#0` })

export function presentationPayload(holder: KeyPair, credential: string): Json {
  return {
    '@context': ['https://www.w3.org/ns/credentials/v2'],
    type: ['VerifiablePresentation'],
    holder: didOf(holder),
    iss: didOf(holder),
    verifiableCredential: [
      { '@context': 'https://www.w3.org/ns/credentials/v2', id: `data:application/vc+jwt,${credential}`, type: 'EnvelopedVerifiableCredential' },
    ],
    aud: audience,
    nonce,
    iat: now - 5,
    exp: now + 115,
    jti: 'presentation-1',
  }
}

const keyEntry = (kid: string, use: string, pair: KeyPair): Json => ({
  kid: `${did}#${kid}`,
  use,
  alg: 'ES256',
  state: 'active',
  notBeforeSeconds: monday - 86_400,
  jwk: pair.jwk,
})

export function trustPayload(forge: Forge): Json {
  return {
    issuer,
    environment: 'production',
    demo: false,
    sequence: 7,
    issuedAtSeconds: monday - 86_400,
    expiresAtSeconds: monday + 90 * 86_400,
    rosterDelaySeconds: 86_400,
    rpId: 'id.example',
    origins: [issuer],
    operators: [],
    keys: [
      keyEntry('credential-1', 'credential', forge.credentialKey),
      keyEntry('status-1', 'status', forge.statusKey),
      keyEntry('bundle-1', 'bundle', forge.bundleKey),
    ],
  }
}

export interface SignedTrust {
  readonly protected: string
  readonly payload: string
  readonly signature: string
}

export async function signedTrust(payload: unknown, root: KeyPair, header: Json = {}): Promise<SignedTrust> {
  const token = await sign({ alg: 'ES256', typ: 'vouchsafe-trust+json', jwk: root.jwk, ...header }, payload, root)
  const [head, body, signature] = token.split('.')
  return { protected: head!, payload: body!, signature: signature! }
}

/** A list in which the given places have the given values. */
export function listBytes(values: Readonly<Record<number, number>> = {}): Uint8Array {
  const bytes = new Uint8Array(32_768)
  for (const [index, value] of Object.entries(values)) bytes[Number(index) >> 2]! |= value << (2 * (Number(index) & 3))
  return bytes
}

export function statusPayload(values: Readonly<Record<number, number>> = {}, iat = now - 30): Json {
  return { iss: did, sub: listUri, iat, exp: iat + 86_400, ttl: 60, status_list: { bits: 2, lst: base64url(deflateSync(listBytes(values))) } }
}

export const statusHeader = { alg: 'ES256', typ: 'statuslist+jwt', kid: `${did}#status-1` }
export const bundleHeader = { alg: 'ES256', typ: 'vouchsafe-bundle+jwt', kid: `${did}#bundle-1` }

export function bundlePayload(trust: unknown, statusLists: Readonly<Record<string, string>>): Json {
  return { iss: did, iat: now - 20, exp: now - 20 + 86_400, sequence: 12, trust, statusLists, checkpoint: 'id.example/log\n0\n' }
}

/** Every part of an attempt; an attack changes one of them, and the rest is made to fit. */
export interface Attempt {
  credentialHeader: unknown
  credentialPayload: unknown
  credentialSigner: KeyPair
  credentialHalf: 'low' | 'high'
  /** Changes the credential's text after signing. */
  respellCredential: (token: string) => string
  presentationHeader: unknown
  /** Made from the finished credential. */
  presentationPayload: (credential: string) => unknown
  presentationSigner: KeyPair
  presentationHalf: 'low' | 'high'
  respell: (token: string) => string
}

export function validAttempt(forge: Forge): Attempt {
  return {
    credentialHeader,
    credentialPayload: credentialPayload(forge.holder),
    credentialSigner: forge.credentialKey,
    credentialHalf: 'low',
    respellCredential: (token) => token,
    presentationHeader: presentationHeader(forge.holder),
    presentationPayload: (credential) => presentationPayload(forge.holder, credential),
    presentationSigner: forge.holder,
    presentationHalf: 'low',
    respell: (token) => token,
  }
}

export async function tokenOf(attempt: Attempt): Promise<string> {
  const credential = await sign(attempt.credentialHeader, attempt.credentialPayload, attempt.credentialSigner, attempt.credentialHalf)
  const payload = attempt.presentationPayload(attempt.respellCredential(credential))
  return attempt.respell(await sign(attempt.presentationHeader, payload, attempt.presentationSigner, attempt.presentationHalf))
}

/** What the authority publishes; an attack changes one of these. */
export interface Published {
  trust: unknown
  trustHeader: Json
  root: KeyPair
  list: unknown
  listHeader: Json
  listSigner: KeyPair
  listHalf: 'low' | 'high'
  bundleHeader: Json
  bundle: (payload: Json) => unknown
  bundleSigner: KeyPair
  /** Changes the published texts after signing. */
  respellList: (token: string) => string
  respellBundle: (token: string) => string
  respellTrust: (trust: SignedTrust) => unknown
}

export function validPublished(forge: Forge): Published {
  return {
    trust: trustPayload(forge),
    trustHeader: {},
    root: forge.root,
    list: statusPayload(),
    listHeader: statusHeader,
    listSigner: forge.statusKey,
    listHalf: 'low',
    bundleHeader,
    bundle: (payload) => payload,
    bundleSigner: forge.bundleKey,
    respellList: (token) => token,
    respellBundle: (token) => token,
    respellTrust: (trust) => trust,
  }
}

/** The published files: path to text. */
export async function filesOf(published: Published): Promise<Readonly<Record<string, string>>> {
  const trust = published.respellTrust(await signedTrust(published.trust, published.root, published.trustHeader))
  const list = published.respellList(await sign(published.listHeader, published.list, published.listSigner, published.listHalf))
  const bundle = await sign(published.bundleHeader, published.bundle(bundlePayload(trust, { [listUri]: list })), published.bundleSigner)
  return { '/trust.json': JSON.stringify(trust), '/status/tsl/3': list, '/trust-bundle.jwt': published.respellBundle(bundle) }
}
