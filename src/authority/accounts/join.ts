import type { AccountRecord, JoinRequest } from '../../shared/contract/types.ts'
import { AuthorityError } from '../../shared/errors.ts'
import { isIdOf } from '../../shared/ids.ts'
import { statementHash } from '../../shared/statement.ts'
import { registeredPasskey } from '../../shared/verify-assertion.ts'
import { act } from '../act.ts'
import { assertFrame } from './check-statement.ts'
import type { AccountsDeps } from './deps.ts'

/**
 * Makes an account out of a passkey. The device chose the account id, since it is the passkey's user handle.
 * @throws {AuthorityError} `statement-refused`, `statement-expired`, `id-taken`
 */
export async function join(deps: AccountsDeps, { statement, registration }: JoinRequest): Promise<AccountRecord> {
  if (!isIdOf('account', statement.subject)) throw new AuthorityError('statement-refused', 'A join statement is about an account.')
  assertFrame(deps, statement, { subject: statement.subject, subjectVersion: 0 })
  const passkey = await registeredPasskey(deps.scope, registration, statement)
  const addedAtSeconds = deps.clock.nowSeconds()
  const what = { kind: 'account', id: statement.id, detail: { statementHash: statementHash(statement) } }
  return act(deps, deps.accounts, statement.subject, what, (current) => {
    if (current) throw new AuthorityError('id-taken', 'This account id is in use.')
    return { createdAtSeconds: addedAtSeconds, vaultRecipient: statement.vaultRecipient, passkeys: [{ ...passkey, label: 'passkey', addedAtSeconds }] }
  })
}
