import { AuthorityError } from '../../shared/errors.ts'
import { change } from '../act.ts'
import type { CasesDeps } from './deps.ts'
import { emptyDesk } from './find-case.ts'

const mostUploads = 96

/**
 * Lists sealed bytes on the case's desk before they are there, so that the purge finds whatever a crash or a refusal leaves.
 * @throws {AuthorityError} `vault-full`
 */
export async function noteUploads(deps: CasesDeps, caseId: string, hashes: readonly string[]): Promise<void> {
  await change(deps, deps.caseDesks, caseId, (stored) => {
    const desk = stored ?? emptyDesk
    const added = hashes.filter((hash) => !desk.uploads.some(({ sha256 }) => sha256 === hash))
    if (added.length === 0) return desk
    if (desk.uploads.length + added.length > mostUploads) throw new AuthorityError('vault-full', 'This case has too many uploads.')
    return { ...desk, uploads: [...desk.uploads, ...added.map((sha256) => ({ sha256, sizeBytes: 1 }))] }
  })
}
