import type { EvidenceFile, Tag } from './contract/types.ts'
import { AuthorityError } from './errors.ts'
import { numberedEvidence } from './policy.ts'

/** The order in which tags stand in a verdict and are claimed: by key, then tag, then type, by code point. */
export function sortTags(tags: readonly Tag[]): Tag[] {
  const rank = ({ key, tag, type }: Tag): string => `${key} ${tag} ${type}`
  return tags.toSorted((a, b) => (rank(a) < rank(b) ? -1 : 1))
}

/** The id under which a tag is claimed. */
export function tagId({ key, tag }: Tag): string {
  return `${key}.${tag}`
}

/**
 * Checks that each numbered document has a tag under each living OPRF key, once, in order; a national id number may come beside them, and nothing else.
 * @throws {AuthorityError} `tags-required`
 */
export function assertTagsComplete(files: readonly EvidenceFile[], tags: readonly Tag[], keyIds: readonly string[]): void {
  const numbered = numberedEvidence(files)
  const isCovered = numbered.every((type) => keyIds.every((key) => tags.some((tag) => tag.type === type && tag.key === key)))
  const isKnown = tags.every(({ type, key }) => keyIds.includes(key) && (numbered.includes(type) || type === 'national-id-number'))
  const isOrdered = sortTags(tags).every((tag, at) => tag === tags[at]) && new Set(tags.map(tagId)).size === tags.length
  if (!isCovered || !isKnown || !isOrdered) throw new AuthorityError('tags-required', 'An approval needs the tags of each numbered document, once, in order.')
}
