import { utf8ToBytes } from '@noble/hashes/utils'
import type { EvidenceFile } from '../../shared/contract/types.ts'
import { fromBase64url, toBase64url } from '../../shared/base64url.ts'
import { canonicalJson } from '../../shared/canonical-json.ts'
import type { DocumentKey } from '../../shared/document-key.ts'
import { isSameBytes } from '../../shared/merkle.ts'
import { DeviceError } from '../device-error.ts'
import { openWith, recipientOf, sealTo } from '../seal/age.ts'
import { padded, unpadded } from '../seal/padding.ts'
import { vaultMac } from './vault-identity.ts'

/** A document in the vault: where its sealed item is, and the key that opens it. */
export interface VaultDocument {
  readonly type: EvidenceFile['type']
  readonly side: EvidenceFile['side']
  readonly sha256: string
  readonly identity: string
  readonly addedAtSeconds: number
}

/** What the person typed: names to values, as the reviewer compares them with the pictures. */
export type PlainFields = Readonly<Record<string, string>>

/** A file of a case with the key that opens it; kept until the case is over, so that unchanged files need not be sent again. */
export interface CaseFile extends EvidenceFile {
  readonly identity: string
}

/** A consent that was signed: whom it opened the files to, in the order of the draw. What the authority shows of it is not believed. */
export interface KeptConsent {
  readonly round: number
  readonly consentHash: string
  /** Reviewer ids. */
  readonly panel: readonly string[]
}

/** The secrets of a case under way. */
export interface CaseSecrets {
  readonly case: string
  /** The nonce to which the opening committed. */
  readonly nonce: string
  /** Where in the log the opening was before the nonce was told. */
  readonly openingIndex: number
  readonly files: readonly CaseFile[]
  /** Oldest first. One may be here that never reached the authority. */
  readonly consents: readonly KeptConsent[]
}

/** A reviewer's own keys, kept in the reviewer's vault. */
export interface ReviewerSecrets {
  readonly reviewer: string
  /** What cases are sealed to. */
  readonly identity: string
  readonly verdictCredentialId: string
}

/** One line of the person's own history. */
export interface HistoryLine {
  readonly atSeconds: number
  readonly what: 'case-opened' | 'consented' | 'withdrawn' | 'credentials-issued' | 'presented' | 'revoked'
  /** A case, an attestation, or the audience of a presentation. */
  readonly about: string
}

/** All that a vault holds besides its sealed items. Personal data and keys: it exists in the open on the person's devices alone. */
export interface VaultIndex {
  readonly format: 1
  readonly isKitChecked: boolean
  readonly documents: readonly VaultDocument[]
  readonly plainFields: PlainFields
  readonly documentKeys: readonly DocumentKey[]
  readonly cases: readonly CaseSecrets[]
  readonly reviewer?: ReviewerSecrets
  readonly history: readonly HistoryLine[]
}

/** A vault's index before anything is in it. */
export const emptyIndex: VaultIndex = { format: 1, isKitChecked: false, documents: [], plainFields: {}, documentKeys: [], cases: [], history: [] }

/** Which state of which vault an index is. */
export interface IndexPlace {
  readonly account: string
  readonly counter: number
}

/** An opened vault: whose it is, and the key to it. Secret. */
export interface VaultKey {
  readonly account: string
  readonly identity: string
}

interface Envelope extends IndexPlace {
  readonly content: VaultIndex
  readonly mac: string
}

/** Seals an index as the state number `counter` of its vault, to the recipient that is derived here, never to one that a server names. */
export async function sealIndex({ account, identity }: VaultKey, counter: number, content: VaultIndex): Promise<string> {
  const mac = toBase64url(macOf(identity, { account, counter }, content))
  const plain = utf8ToBytes(canonicalJson({ account, counter, content, mac } satisfies Envelope))
  return toBase64url(await sealTo(await recipientOf(identity), padded(plain)))
}

/**
 * Opens a sealed index and checks that this vault's owner made it, as the state number that the server says it is.
 * @throws {DeviceError} `cannot-open`, `vault-not-genuine`
 */
export async function openIndex({ account, identity }: VaultKey, counter: number, sealedIndex: string): Promise<VaultIndex> {
  const plain = unpadded(await openWith(identity, fromBase64url(sealedIndex)))
  const envelope = JSON.parse(new TextDecoder().decode(plain)) as Envelope
  const mac = macOf(identity, { account, counter }, envelope.content)
  const isGenuine = envelope.account === account && envelope.counter === counter && isSameBytes(mac, fromBase64url(envelope.mac))
  if (!isGenuine) throw new DeviceError('vault-not-genuine', 'This vault index was not made by you as the state that it is shown as.')
  return envelope.content
}

function macOf(identity: string, { account, counter }: IndexPlace, content: VaultIndex): Uint8Array {
  return vaultMac(identity, utf8ToBytes(canonicalJson({ account, counter, content })))
}
