import type { UploadReply } from '../../shared/contract/types.ts'
import { blobName } from '../../storage/blobs.ts'
import type { CasesDeps } from './deps.ts'
import { assertCaseIn, findOwnCase } from './find-case.ts'
import { noteUploads } from './note-uploads.ts'
import { refuseIfOver } from './purge.ts'

/** The largest sealed file of a case, in bytes. */
export const largestFileBytes = 25_000_000

/**
 * Keeps a file sealed for this case under the hash of its ciphertext. It becomes evidence only by a consent that names it.
 * @throws {AuthorityError} `not-found`, `case-state`, `case-expired`, `hash-mismatch`, `body-too-large`, `vault-full`
 */
export async function uploadFile(deps: CasesDeps, account: string, caseId: string, sha256: string, bytes: AsyncIterable<Uint8Array>): Promise<UploadReply> {
  const found = await findOwnCase(deps, account, caseId)
  assertCaseIn(found, ['drawn', 'resubmission-needed'], deps.clock.nowSeconds())
  await noteUploads(deps, caseId, [sha256])
  const { sizeBytes } = await deps.blobs.put(blobName(caseId, sha256), bytes, largestFileBytes)
  await refuseIfOver(deps, caseId, [sha256])
  return { sha256, sizeBytes }
}
