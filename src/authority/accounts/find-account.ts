import type { AccountRecord } from '../../shared/contract/types.ts'
import { AuthorityError } from '../../shared/errors.ts'
import type { AccountsDeps } from './deps.ts'

/**
 * The account of an id that a session vouches for.
 * @throws {AuthorityError} `not-found`
 */
export async function findAccount({ accounts }: Pick<AccountsDeps, 'accounts'>, accountId: string): Promise<AccountRecord> {
  const account = await accounts.get(accountId)
  if (!account) throw new AuthorityError('not-found', 'There is no such account.')
  return account
}
