import { randomBytes } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { JWK } from 'jose'
import { fromBase64url } from '../../shared/base64url.ts'
import type { SignedTrustFile, TrustFile } from '../../shared/contract/types.ts'
import { type DidDocument, didDocumentOf, type TrustedKey } from '../../shared/did-document.ts'
import { AuthorityError } from '../../shared/errors.ts'
import { didOf, logOriginOf } from '../../shared/public-names.ts'
import { generateKeys, statusPermutationName } from './generate-keys.ts'
import { finishInstalling, hasKeys, keyPaths, textOf } from './key-files.ts'
import type { KeysInput } from './keys-input.ts'
import { type KeyFault, type KeyMaterial, keyName, loadKeys } from './load-keys.ts'
import { jwksOf, type PublishedJwks } from './published-keys.ts'
import { renewDemoTrust } from './renew-demo-trust.ts'
import { dataIntegritySigner, type DataIntegritySigner, type JwsSigner, jwsSigner, type LogSigner, logSigner } from './signers.ts'

/** A key under which document numbers are evaluated blind (RFC 9497, P256-SHA256). */
export interface OprfKey {
  /** Such as `oprf-1`. */
  readonly id: string
  /** 32 bytes. */
  readonly privateKey: Uint8Array
  /** Compressed point, 33 bytes. */
  readonly publicKey: Uint8Array
}

/** The keys of the authority, ready for use. Private parts are behind the signers. */
export interface Keys {
  readonly trust: TrustFile
  readonly signedTrust: SignedTrustFile
  readonly rootThumbprint: string
  readonly did: string
  readonly jwks: PublishedJwks
  readonly didDocument: DidDocument
  readonly credentialSigner: JwsSigner
  readonly statusSigner: JwsSigner
  readonly bundleSigner: JwsSigner
  readonly dataIntegritySigners: { readonly credential: DataIntegritySigner; readonly status: DataIntegritySigner }
  readonly logSigner: LogSigner
  readonly oprfKeys: readonly OprfKey[]
  /** 32 bytes. */
  readonly statusPermutationKey: Uint8Array
}

/**
 * Opens the keys. In the test environment they are generated when the folder has none, and a demo trust file is renewed when its time or settings have changed.
 * @throws {AuthorityError} `key-sealed` with all faults at once: which file, and what is wrong with it, never what is in it.
 */
export async function openKeys(input: KeysInput): Promise<Keys> {
  const ready = await prepared(input)
  const { faults, material } = await loadKeys(ready)
  if (!material) throw new AuthorityError('key-sealed', `The keys cannot be used. ${faults.map(lineOf).join(' ')}`, faults.map(asFieldFault))
  return keysOf(material)
}

/** All that keeps these keys from being used, for a start-up that lists every fault at once. It makes none: a mistyped setting must not end up in new keys. */
export async function listKeyFaults(input: KeysInput): Promise<readonly string[]> {
  if (input.environment === 'test' && !(await hasKeys(input.directory))) return []
  return (await loadKeys(await prepared(input))).faults.map(lineOf)
}

function lineOf({ file, message }: KeyFault): string {
  return `${file} ${message}.`
}

function asFieldFault({ file, message }: KeyFault): { readonly pointer: string; readonly message: string } {
  return { pointer: `/${file}`, message }
}

async function prepared(input: KeysInput): Promise<KeysInput> {
  await mkdir(input.directory, { recursive: true })
  await finishInstalling(input.directory)
  if (input.environment !== 'test') return input
  if (!(await hasKeys(input.directory))) await generateKeys({ ...input, secret: input.secret ?? new Uint8Array(randomBytes(32)), operators: 'demo' })
  const withSecret = { ...input, secret: input.secret ?? (await storedSecret(input.directory)) }
  await renewDemoTrust(withSecret)
  return withSecret
}

async function storedSecret(directory: string): Promise<Uint8Array | undefined> {
  const text = await textOf(join(directory, keyPaths.secret))
  return text === undefined ? undefined : fromBase64url(text.trim())
}

async function keysOf({ trust, signedTrust, rootThumbprint, privateKeys }: KeyMaterial): Promise<Keys> {
  const privateOf = (name: string): JWK => privateKeys.get(name) ?? {}
  const jws = (use: TrustedKey['use']): Promise<JwsSigner> => jwsSignerOf(activeKey(trust, use, 'ES256'), privateOf)
  const di = (use: TrustedKey['use']): DataIntegritySigner => diSignerOf(activeKey(trust, use, 'EdDSA'), privateOf)
  const log = activeKey(trust, 'log', 'EdDSA')
  return {
    trust,
    signedTrust,
    rootThumbprint,
    did: didOf(trust.issuer),
    jwks: jwksOf(trust),
    didDocument: didDocumentOf(trust),
    credentialSigner: await jws('credential'),
    statusSigner: await jws('status'),
    bundleSigner: await jws('bundle'),
    dataIntegritySigners: { credential: di('credential'), status: di('status') },
    logSigner: logSigner(logOriginOf(trust.issuer), fromBase64url(log.jwk?.x ?? ''), privateOf(keyName(log))),
    oprfKeys: oprfKeysOf(trust, privateKeys),
    statusPermutationKey: fromBase64url(privateOf(statusPermutationName).k ?? ''),
  }
}

function jwsSignerOf(key: TrustedKey, privateOf: (name: string) => JWK): Promise<JwsSigner> {
  return jwsSigner(key.kid, privateOf(keyName(key)))
}

function diSignerOf(key: TrustedKey, privateOf: (name: string) => JWK): DataIntegritySigner {
  return dataIntegritySigner(key.kid, privateOf(keyName(key)))
}

function oprfKeysOf(trust: TrustFile, privateKeys: ReadonlyMap<string, JWK>): OprfKey[] {
  return trust.keys.flatMap((key) => {
    const k = key.use === 'oprf' ? privateKeys.get(keyName(key))?.k : undefined
    return k === undefined ? [] : [{ id: key.kid, privateKey: fromBase64url(k), publicKey: fromBase64url(key.publicKey ?? '') }]
  })
}

function activeKey(trust: TrustFile, use: TrustedKey['use'], alg: TrustedKey['alg']): TrustedKey {
  const found = trust.keys.findLast((key) => key.use === use && key.alg === alg && key.state === 'active')
  if (!found) throw new AuthorityError('key-sealed', `The trust file has no active ${alg} key for ${use}.`)
  return found
}
