import { createPrivateKey, type KeyObject, sign } from 'node:crypto'
import { CompactSign, FlattenedSign, importJWK, type JWK } from 'jose'
import type { SignedTrustFile, TrustFile } from '../../shared/contract/types.ts'
import { trustFileType } from '../../shared/trust.ts'
import { compactWithLowS, withLowS } from './low-s.ts'

/** Signs compact JWS by one ES256 key. `alg` and `kid` are added to the header; s is low. */
export interface JwsSigner {
  readonly kid: string
  sign(payload: object, header: { readonly typ: string; readonly cty?: string }): Promise<string>
}

/** Signs bytes by one Ed25519 key, in the form that @digitalbazaar/data-integrity takes. */
export interface DataIntegritySigner {
  /** The key's absolute DID URL. */
  readonly id: string
  readonly algorithm: 'Ed25519'
  sign(input: { readonly data: Uint8Array }): Promise<Uint8Array>
}

/** Signs the text of checkpoints by the log's Ed25519 key. */
export interface LogSigner {
  /** The log's origin, which is the key's name in signed notes too. */
  readonly origin: string
  /** 32 bytes. */
  readonly publicKey: Uint8Array
  sign(bytes: Uint8Array): Promise<Uint8Array>
}

/** The signer of an ES256 key; the key is imported once. */
export async function jwsSigner(kid: string, privateJwk: JWK): Promise<JwsSigner> {
  const key = await importJWK(privateJwk, 'ES256')
  return {
    kid,
    async sign(payload, header) {
      const bytes = new TextEncoder().encode(JSON.stringify(payload))
      return compactWithLowS(await new CompactSign(bytes).setProtectedHeader({ alg: 'ES256', ...header, kid }).sign(key))
    },
  }
}

/** The Data Integrity signer of an Ed25519 key; the key is imported once. */
export function dataIntegritySigner(kid: string, privateJwk: JWK): DataIntegritySigner {
  const key = ed25519Key(privateJwk)
  return { id: kid, algorithm: 'Ed25519', sign: async ({ data }) => signedEd25519(key, data) }
}

/** The log's signer; the key is imported once. */
export function logSigner(origin: string, publicKey: Uint8Array, privateJwk: JWK): LogSigner {
  const key = ed25519Key(privateJwk)
  return { origin, publicKey, sign: async (bytes) => signedEd25519(key, bytes) }
}

/** A trust file as a flattened JWS by the root key, whose public part stands in the header. */
export async function signedTrustFile(rootJwk: JWK, trust: TrustFile): Promise<SignedTrustFile> {
  const { kty, crv, x, y } = rootJwk
  const header = { alg: 'ES256', typ: trustFileType, jwk: { kty, crv, x, y } as JWK }
  const bytes = new TextEncoder().encode(JSON.stringify(trust))
  const jws = await new FlattenedSign(bytes).setProtectedHeader(header).sign(await importJWK(rootJwk, 'ES256'))
  return { protected: jws.protected ?? '', payload: jws.payload, signature: withLowS(jws.signature) }
}

function ed25519Key(privateJwk: JWK): KeyObject {
  return createPrivateKey({ key: privateJwk as Record<string, string>, format: 'jwk' })
}

function signedEd25519(key: KeyObject, bytes: Uint8Array): Promise<Uint8Array> {
  return Promise.resolve(new Uint8Array(sign(null, bytes, key)))
}
