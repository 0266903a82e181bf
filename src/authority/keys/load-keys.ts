import { join } from 'node:path'
import { CryptoNoble } from '@cloudflare/voprf-ts/crypto-noble'
import { generatePublicKey, Oprf } from '@cloudflare/voprf-ts'
import type { JWK } from 'jose'
import { fromBase64url, toBase64url } from '../../shared/base64url.ts'
import { canonicalJson } from '../../shared/canonical-json.ts'
import type { SignedTrustFile, TrustFile } from '../../shared/contract/types.ts'
import type { TrustedKey } from '../../shared/did-document.ts'
import { isAuthorityError } from '../../shared/errors.ts'
import { verifiedTrust } from '../../shared/trust.ts'
import { validate } from '../../shared/validate.ts'
import { publicJwk, statusPermutationName } from './generate-keys.ts'
import { isOpenToOthers, keyPaths, sealedKeyPath, textOf } from './key-files.ts'
import type { KeysInput } from './keys-input.ts'
import { unsealedKey } from './sealed-key.ts'

/** What is wrong with a file of the keys' folder. Never what is in it. */
export interface KeyFault {
  readonly file: string
  readonly message: string
}

/** The keys of an authority, read and unsealed. */
export interface KeyMaterial {
  readonly signedTrust: SignedTrustFile
  readonly trust: TrustFile
  readonly rootThumbprint: string
  /** Private keys by name, such as `credential-1`. */
  readonly privateKeys: ReadonlyMap<string, JWK>
}

/** The name of a key: its id without the DID. */
export function keyName({ kid }: Pick<TrustedKey, 'kid'>): string {
  return kid.slice(kid.indexOf('#') + 1)
}

/** Reads all keys, and lists all faults at once; material is there only if there are none. */
export async function loadKeys(input: KeysInput): Promise<{ readonly faults: readonly KeyFault[]; readonly material?: KeyMaterial }> {
  const read = await readTrust(input)
  if ('message' in read) return { faults: [{ file: keyPaths.trust, message: read.message }] }
  const names = [...read.trust.keys.filter(isNeeded).map(keyName), statusPermutationName]
  const opened = await Promise.all(names.map((name) => openKey(input, read, name)))
  const faults = [...trustFaults(input, read.trust), ...opened.flatMap((one) => ('message' in one ? [one] : []))]
  if (faults.length > 0) return { faults }
  return { faults, material: { ...read, privateKeys: new Map(opened.flatMap((one) => ('jwk' in one ? [[one.name, one.jwk] as const] : []))) } }
}

/** The trust file as it was read, and checked. */
export type ReadTrust = Omit<KeyMaterial, 'privateKeys'>

/** Reads the trust file and checks it by its root, or says why it cannot be used. Whose it is, and until when, is still to be looked at. */
export async function readTrust({ directory }: Pick<KeysInput, 'directory'>): Promise<ReadTrust | { readonly message: string }> {
  const text = await textOf(join(directory, keyPaths.trust))
  if (text === undefined) return { message: 'is missing: no keys have been generated here' }
  try {
    const signedTrust = JSON.parse(text) as SignedTrustFile
    const verified = await verifiedTrust(signedTrust, { issuer: undefined, rootThumbprint: undefined, nowSeconds: 0 })
    if (validate('records/trust', verified.trust).length > 0) return { message: 'does not have the form of a trust file' }
    return { signedTrust, ...verified }
  } catch (error) {
    return { message: isAuthorityError(error) ? 'is not signed by the root key that it names' : 'cannot be read' }
  }
}

function trustFaults({ issuer, environment, rpId, origins, rosterDelaySeconds, clock }: KeysInput, trust: TrustFile): KeyFault[] {
  const fault = (isFault: boolean, message: string): KeyFault[] => (isFault ? [{ file: keyPaths.trust, message }] : [])
  return [
    ...fault(trust.issuer !== issuer, 'is of another issuer'),
    ...fault(trust.expiresAtSeconds <= clock.nowSeconds(), 'has expired'),
    ...fault(trust.environment !== environment, `is of the ${trust.environment} environment`),
    ...fault(environment === 'production' && trust.demo, 'holds demo keys, which production refuses'),
    ...fault(trust.rpId !== rpId, 'names another relying-party id for passkeys'),
    ...fault(canonicalJson(trust.origins) !== canonicalJson(origins), 'names other page origins'),
    ...fault(trust.rosterDelaySeconds !== rosterDelaySeconds, 'names another roster delay'),
    ...trust.keys.flatMap((key) => fault(isOver(key, clock.nowSeconds()), `has ${keyName(key)} as active, though its time is over`)),
  ]
}

/** Verifiers refuse what a key signs after its time. */
function isOver({ state, notAfterSeconds = Infinity }: TrustedKey, nowSeconds: number): boolean {
  return state === 'active' && notAfterSeconds <= nowSeconds
}

/** A key that signs or evaluates now. A retired key needs no private half; the OPRF key lives as long as its tags. */
function isNeeded({ use, state }: TrustedKey): boolean {
  return state === 'active' || (use === 'oprf' && state === 'retired')
}

/** Unseals one private key by its name, or says why it cannot be used. */
export async function openKey({ directory, secret }: KeysInput, read: ReadTrust, name: string): Promise<{ readonly name: string; readonly jwk: JWK } | KeyFault> {
  const file = sealedKeyPath(name)
  const path = join(directory, file)
  const sealed = await textOf(path)
  if (sealed === undefined) return { file, message: 'is missing' }
  if (await isOpenToOthers(path)) return { file, message: 'may be read or changed by others than its owner; its mode must be 0600' }
  if (secret?.length !== 32) return { file, message: 'cannot be unsealed: the secret is missing or is not 32 bytes' }
  const jwk = await unsealedKey(secret, { name, rootThumbprint: read.rootThumbprint }, sealed)
  if (!jwk) return { file, message: 'cannot be unsealed: another secret sealed it, or it belongs to another name or root key' }
  const trusted = read.trust.keys.find((key) => keyName(key) === name)
  return trusted && !isPairOf(jwk, trusted) ? { file, message: 'is not the private half of the key in the trust file' } : { name, jwk }
}

function isPairOf(privateJwk: JWK, { use, jwk, publicKey }: TrustedKey): boolean {
  if (use !== 'oprf') return canonicalJson(publicJwk(privateJwk)) === canonicalJson(jwk)
  return toBase64url(generatePublicKey(Oprf.Suite.P256_SHA256, fromBase64url(privateJwk.k ?? ''), CryptoNoble)) === publicKey
}
