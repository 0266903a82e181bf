import { utf8ToBytes } from '@noble/hashes/utils'
import type { Policy } from '../../shared/contract/types.ts'
import type { DocumentKey } from '../../shared/document-key.ts'
import { DeviceError } from '../device-error.ts'
import { withoutMetadata } from '../seal/plain-image.ts'
import { sealFile } from '../seal/seal-file.ts'
import type { CaseFile, PlainFields, VaultDocument, VaultIndex } from '../vault/vault-index.ts'
import { changeVault, readVault } from '../vault/vault-store.ts'
import { type PlainDocument, readDocument } from './keep-document.ts'
import type { Wallet } from './wallet.ts'

/** The content of the file of type `fields`: what the person typed, for reviewers to compare. */
export interface PlainFieldsFile {
  readonly fields: PlainFields
  readonly documentKeys: readonly DocumentKey[]
}

/** The typed fields as a file of a case; of the document numbers only those whose documents are sent, and the national id number. */
export function plainFieldsFile({ plainFields, documentKeys }: VaultIndex, sent: readonly Pick<VaultDocument, 'type'>[]): PlainDocument {
  const needed = documentKeys.filter((key) => key.type === 'national-id-number' || sent.some(({ type }) => type === key.type))
  return { type: 'fields', side: 'single', plain: utf8ToBytes(JSON.stringify({ fields: plainFields, documentKeys: needed } satisfies PlainFieldsFile)) }
}

/** The documents of a vault that a policy wants: these are sent, and no others. */
export function wantedDocuments({ groups }: Policy, { documents }: VaultIndex): readonly VaultDocument[] {
  return documents.filter(({ type }) => groups.some(({ anyOf }) => anyOf.includes(type)))
}

/** Which files a first consent sends: the wanted documents, the selfie, and what was typed, if anything was. */
export function firstFiles(policy: Policy, index: VaultIndex): readonly Pick<PlainDocument, 'type' | 'side'>[] {
  const typed = Object.keys(index.plainFields).length > 0 ? [{ type: 'fields', side: 'single' } as const] : []
  return [...wantedDocuments(policy, index), { type: 'selfie-with-document', side: 'single' }, ...typed]
}

/** Opens documents of the vault, to seal them again for a case. */
export async function plainDocuments(wallet: Wallet, documents: readonly VaultDocument[]): Promise<PlainDocument[]> {
  return Promise.all(documents.map(async (document) => ({ type: document.type, side: document.side, plain: await readDocument(wallet, document) })))
}

/**
 * Asserts that the evidence has what the policy wants, before anything is sealed or sent.
 * @throws {DeviceError} `evidence-missing`
 */
export function assertComplete(policy: Policy, files: readonly Pick<PlainDocument, 'type'>[]): void {
  for (const { name, anyOf, minimum } of policy.groups) {
    if (files.filter(({ type }) => anyOf.includes(type)).length < minimum)
      throw new DeviceError('evidence-missing', `The policy also needs: ${name} (${anyOf.join(' or ')}).`)
  }
}

/** Seals each file once to a fresh identity of its own and uploads it to the case. */
export async function uploadFiles(wallet: Wallet, caseId: string, files: readonly PlainDocument[]): Promise<CaseFile[]> {
  return Promise.all(files.map((file) => uploadFile(wallet, caseId, file)))
}

async function uploadFile({ api }: Wallet, caseId: string, { type, side, plain }: PlainDocument): Promise<CaseFile> {
  const { sealed, sha256, identity } = await sealFile(type === 'fields' ? plain : withoutMetadata(plain))
  await api.putCaseFile(caseId, sha256, sealed)
  return { type, side, sha256, sizeBytes: sealed.length, identity }
}

/** Keeps the keys of a case's files in the vault, before they are consented to: a lost device must not make a round unrepeatable. */
export async function keepCaseFiles(wallet: Wallet, caseId: string, files: readonly CaseFile[]): Promise<void> {
  await changeVault(wallet, wallet.key, (index) => ({
    ...index,
    cases: index.cases.map((each) => (each.case === caseId ? { ...each, files } : each)),
    history: [...index.history, { atSeconds: wallet.clock.nowSeconds(), what: 'consented', about: caseId }],
  }))
}

/** The keys of a case's files, out of the vault. @throws {DeviceError} `evidence-missing` */
export async function caseFiles(wallet: Wallet, caseId: string): Promise<readonly CaseFile[]> {
  const { index } = await readVault(wallet, wallet.key)
  const files = index.cases.find((each) => each.case === caseId)?.files ?? []
  if (files.length === 0) throw new DeviceError('evidence-missing', 'The vault has no files of this case.')
  return files
}
