import type { CaseRecord, PersonRecord, Tag, TagRecord } from '../../shared/contract/types.ts'
import { isAuthorityError } from '../../shared/errors.ts'
import { derivedId } from '../../shared/ids.ts'
import { sortTags, tagId } from '../../shared/tags.ts'
import { act, change, type Draft } from '../act.ts'
import { closedStates } from '../cases/index.ts'
import type { UniquenessDeps } from './deps.ts'

/** Whose documents these are: a person, nobody yet claimable (another case holds a tag), or a refusal that a human must look at. */
export type Resolution =
  { readonly kind: 'person'; readonly person: string } | { readonly kind: 'wait' } | { readonly kind: 'known-elsewhere' } | { readonly kind: 'disputed' }

/**
 * Claims the tags of a case in byte order and finds the person that they belong to: all resolve to one person, or to none, and then it is a new one.
 * The same document under another account is never a second person; two persons at once are a dispute that nobody inherits from. Idempotent.
 * @see docs/protocol/uniqueness.md
 */
export async function resolvePerson(deps: UniquenessDeps, found: CaseRecord, tags: readonly Tag[]): Promise<Resolution> {
  const owners = new Set<string>()
  for (const tag of sortTags(tags)) {
    const claim = await claimTag(deps, found.id, tag)
    if (claim === 'held-elsewhere') return { kind: 'wait' }
    if (claim.person !== undefined) owners.add(claim.person)
  }
  const own = (await deps.accountPersons.get(found.account))?.person
  const [person, ...others] = owners
  if (others.length > 0) return { kind: 'disputed' }
  // A crash may have left the account with the very person that this case makes.
  const fresh = derivedId('person', found.id)
  if (person === undefined) return own === undefined || own === fresh ? { kind: 'person', person: fresh } : { kind: 'disputed' }
  const record = await deps.persons.get(person)
  return record?.account === found.account ? { kind: 'person', person } : { kind: 'known-elsewhere' }
}

/** Names the person for good: the person exists, the account has it, and each tag is kept for ever. Idempotent. */
export async function settlePerson(deps: UniquenessDeps, found: CaseRecord, person: string, tags: readonly Tag[]): Promise<void> {
  if (!(await deps.persons.get(person))) await makePerson(deps, found, person)
  await change(deps, deps.accountPersons, found.account, (current) => current ?? { person })
  for (const tag of sortTags(tags)) {
    await change(deps, deps.tags, tagId(tag), (current) => (current?.person === person ? current : { type: tag.type, person }))
  }
}

async function makePerson(deps: UniquenessDeps, found: CaseRecord, person: string): Promise<void> {
  const createdAtSeconds = deps.clock.nowSeconds()
  const what = { kind: 'person', id: derivedId('act', person), detail: { case: found.id } }
  await act(deps, deps.persons, person, what, (current): Draft<PersonRecord> => current ?? { account: found.account, createdAtSeconds })
}

/** Lets go of the tags that a case held and no person keeps. */
export async function releaseTags({ tags: claims }: UniquenessDeps, caseId: string, tags: readonly Tag[]): Promise<void> {
  for (const tag of tags) {
    const claim = await claims.get(tagId(tag))
    if (claim?.case === caseId && claim.person === undefined) await claims.remove(claim)
  }
}

/** The person behind an account, if it has been identified. */
export async function personOf({ accountPersons }: Pick<UniquenessDeps, 'accountPersons'>, account: string): Promise<string | undefined> {
  return (await accountPersons.get(account))?.person
}

async function claimTag(deps: UniquenessDeps, caseId: string, tag: Tag): Promise<TagRecord | 'held-elsewhere'> {
  const { tags: claims, cases } = deps
  try {
    return await claims.insert({ id: tagId(tag), case: caseId, type: tag.type })
  } catch (error) {
    if (!isAuthorityError(error, 'id-taken')) throw error
  }
  const claim = await claims.get(tagId(tag))
  if (!claim) return 'held-elsewhere'
  if (claim.person !== undefined || claim.case === caseId) return claim
  const holder = await cases.get(claim.case ?? '')
  if (holder && !closedStates.includes(holder.state)) return 'held-elsewhere'
  // The holder ended without naming a person, so its claim has lapsed.
  return claims.replace({ ...claim, case: caseId })
}
