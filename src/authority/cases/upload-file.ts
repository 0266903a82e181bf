import type { UploadReply } from '../../shared/contract/types.ts'
import { AuthorityError } from '../../shared/errors.ts'
import { blobName } from '../../storage/blobs.ts'
import { change } from '../act.ts'
import type { CasesDeps } from './deps.ts'
import { assertCaseIn, emptyDesk, findOwnCase } from './find-case.ts'

/** The largest sealed file of a case, in bytes. */
export const largestFileBytes = 25_000_000
const mostUploads = 96

/**
 * Keeps a file sealed for this case under the hash of its ciphertext. It becomes evidence only by a consent that names it.
 * @throws {AuthorityError} `not-found`, `case-state`, `case-expired`, `hash-mismatch`, `body-too-large`, `vault-full`
 */
export async function uploadFile(deps: CasesDeps, account: string, caseId: string, sha256: string, bytes: AsyncIterable<Uint8Array>): Promise<UploadReply> {
  const found = await findOwnCase(deps, account, caseId)
  assertCaseIn(found, ['drawn', 'resubmission-needed'], deps.clock.nowSeconds())
  // The desk lists the upload before the bytes are there, so that the purge finds whatever a crash leaves.
  await change(deps, deps.caseDesks, caseId, (stored) => {
    const desk = stored ?? emptyDesk
    if (desk.uploads.some((upload) => upload.sha256 === sha256)) return desk
    if (desk.uploads.length >= mostUploads) throw new AuthorityError('vault-full', 'This case has too many uploads.')
    return { ...desk, uploads: [...desk.uploads, { sha256, sizeBytes: 1 }] }
  })
  const { sizeBytes } = await deps.blobs.put(blobName(caseId, sha256), bytes, largestFileBytes)
  return { sha256, sizeBytes }
}
