import type { CaseRecord } from '../../shared/contract/types.ts'
import { AuthorityError } from '../../shared/errors.ts'
import { derivedId } from '../../shared/ids.ts'
import { blobName } from '../../storage/blobs.ts'
import { everyDocument } from '../../storage/collection.ts'
import { act, type Draft } from '../act.ts'
import type { Duty } from '../duty.ts'
import type { CasesDeps } from './deps.ts'

/** closed → purged: the sealed copies and wraps of a case that is over are removed at once. The vault stays the person's. */
export function purgeDuty(deps: CasesDeps): Duty<CaseRecord> {
  return {
    name: 'purge',
    due: (nowSeconds) => casesWithDuty(deps, 'purge', nowSeconds),
    async perform(found) {
      await removeSealedCopies(deps, found, [])
      await act(deps, deps.cases, found.id, { kind: 'purge', id: derivedId('duty', found.id, 'purge') }, (current = found): Draft<CaseRecord> => {
        const { duty: _duty, dutyAtSeconds: _at, ...rest } = current
        return { ...rest, purgedAtSeconds: deps.clock.nowSeconds() }
      })
    },
  }
}

/** open beyond its deadline → expired. */
export function expireDuty(deps: CasesDeps): Duty<CaseRecord> {
  return {
    name: 'expire',
    due: (nowSeconds) => casesWithDuty(deps, 'expire', nowSeconds),
    async perform(found) {
      const closedAtSeconds = deps.clock.nowSeconds()
      await act(
        deps,
        deps.cases,
        found.id,
        { kind: 'case', id: derivedId('duty', found.id, 'expire', found.deadlineSeconds) },
        (current = found): Draft<CaseRecord> => {
          if (current.duty !== 'expire' || current.deadlineSeconds > closedAtSeconds) throw new AuthorityError('case-state', 'The case is not over.')
          return { ...current, state: 'expired', closedAtSeconds, duty: 'purge', dutyAtSeconds: closedAtSeconds }
        },
      )
    },
  }
}

/** Cases that wait for a duty whose time has come, oldest first. */
export async function* casesWithDuty(
  { cases }: Pick<CasesDeps, 'cases'>,
  duty: NonNullable<CaseRecord['duty']>,
  nowSeconds: number,
): AsyncGenerator<CaseRecord> {
  for await (const found of everyDocument(cases, 'duty', [duty])) {
    if ((found.dutyAtSeconds ?? 0) > nowSeconds) return
    yield found
  }
}

/**
 * Removes bytes that were on their way while their case ended: it has been purged already, so nothing else would.
 * @throws {AuthorityError} `case-state` then.
 */
export async function refuseIfOver(deps: CasesDeps, caseId: string, hashes: readonly string[]): Promise<void> {
  const found = await deps.cases.get(caseId)
  if (found?.closedAtSeconds === undefined) return
  await removeSealedCopies(deps, found, hashes)
  throw new AuthorityError('case-state', 'The case has ended meanwhile.')
}

async function removeSealedCopies({ caseDesks, blobs }: CasesDeps, found: CaseRecord, others: readonly string[]): Promise<void> {
  const desk = await caseDesks.get(found.id)
  const names = new Set([
    ...others,
    ...(desk?.uploads ?? []).map(({ sha256 }) => sha256),
    ...found.consents.flatMap(({ statement }) => [...statement.evidence.files, ...statement.wraps].map(({ sha256 }) => sha256)),
  ])
  for (const sha256 of names) await blobs.remove(blobName(found.id, sha256))
  if (desk) await caseDesks.remove(desk)
}
