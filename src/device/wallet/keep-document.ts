import type { EvidenceType, Side } from '../../shared/contract/types.ts'
import type { DocumentKey } from '../../shared/document-key.ts'
import { DeviceError } from '../device-error.ts'
import { withoutMetadata } from '../seal/plain-image.ts'
import { openFile } from '../seal/open-file.ts'
import { sealFile } from '../seal/seal-file.ts'
import type { PlainFields, VaultDocument, VaultIndex } from '../vault/vault-index.ts'
import { changeVault, readVault } from '../vault/vault-store.ts'
import type { Wallet } from './wallet.ts'

/** A picture of a document, as it lies on the device. */
export interface PlainDocument {
  readonly type: EvidenceType
  readonly side: Side
  readonly plain: Uint8Array
}

/**
 * Keeps a document in the vault: metadata removed, padded, sealed to a key of its own, uploaded, then listed. A document of the same type and side is replaced.
 * @throws {DeviceError} `kit-not-checked` before the recovery kit was read back; `not-an-image`
 */
export async function keepDocument(wallet: Wallet, { type, side, plain }: PlainDocument): Promise<VaultDocument> {
  const { index } = await readVault(wallet, wallet.key)
  if (!index.isKitChecked) throw new DeviceError('kit-not-checked', 'Read your recovery kit back first: without it a lost device would mean a lost vault.')
  const { sealed, sha256, identity } = await sealFile(withoutMetadata(plain))
  await wallet.api.putItem(sha256, sealed)
  const kept: VaultDocument = { type, side, sha256, identity, addedAtSeconds: wallet.clock.nowSeconds() }
  await changeVault(wallet, wallet.key, (current) => ({ ...current, documents: [...current.documents.filter((each) => !isSamePlace(each, kept)), kept] }))
  await removeReplaced(wallet, index, kept)
  return kept
}

/** Keeps what the person typed. Fields with an empty value are removed. */
export async function keepFields(wallet: Wallet, plainFields: PlainFields, documentKeys: readonly DocumentKey[] = []): Promise<VaultIndex> {
  return changeVault(wallet, wallet.key, (index) => ({
    ...index,
    plainFields: Object.fromEntries(Object.entries({ ...index.plainFields, ...plainFields }).filter(([, value]) => value !== '')),
    documentKeys: [...index.documentKeys.filter(({ type }) => !documentKeys.some((key) => key.type === type)), ...documentKeys],
  }))
}

/** The picture of a kept document. @throws {DeviceError} `cannot-open` */
export async function readDocument({ api }: Wallet, { sha256, identity }: VaultDocument): Promise<Uint8Array> {
  return openFile(await api.item(sha256), { sha256, identity })
}

async function removeReplaced({ api }: Wallet, { documents }: VaultIndex, kept: VaultDocument): Promise<void> {
  for (const { sha256 } of documents.filter((each) => isSamePlace(each, kept))) await api.removeItem(sha256)
}

function isSamePlace(a: VaultDocument, b: VaultDocument): boolean {
  return a.type === b.type && a.side === b.side
}
