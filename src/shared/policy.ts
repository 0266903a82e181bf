import { policies } from './contract/policies.ts'
import type { Evidence, Policy, Tag } from './contract/types.ts'
import { numberedTypes } from './document-key.ts'
import { AuthorityError } from './errors.ts'

/**
 * The policy of an id.
 * @throws {AuthorityError} `not-found`
 */
export function policyOf(id: string): Policy {
  const policy = policies.find((known) => known.id === id)
  if (!policy) throw new AuthorityError('not-found', 'There is no such policy.')
  return policy
}

/**
 * Checks that the files are what the policy needs: enough of each group, and no type and side twice.
 * @throws {AuthorityError} `evidence-incomplete`
 */
export function assertEvidenceComplete(policy: Policy, files: Evidence['files']): void {
  for (const { name, anyOf, minimum } of policy.groups) {
    const types = new Set(files.filter(({ type }) => anyOf.includes(type)).map(({ type }) => type))
    if (types.size < minimum) throw new AuthorityError('evidence-incomplete', `The policy needs a ${name}.`)
  }
  const places = new Set(files.map(({ type, side }) => `${type}/${side}`))
  if (places.size !== files.length) throw new AuthorityError('evidence-incomplete', 'A type and side can be there only once.')
}

/** The evidence types among the files whose numbers must be in an approval as tags. */
export function numberedEvidence(files: Evidence['files']): Tag['type'][] {
  return numberedTypes.filter((numbered) => files.some(({ type }) => type === numbered))
}
