import type { AccountRecord, Passkey, WayInRequest } from '../../shared/contract/types.ts'
import { AuthorityError } from '../../shared/errors.ts'
import { statementHash, wayInRegistration } from '../../shared/statement.ts'
import { registeredPasskey } from '../../shared/verify-assertion.ts'
import { act } from '../act.ts'
import { assertStatement } from './check-statement.ts'
import type { AccountsDeps } from './deps.ts'
import { findAccount } from './find-account.ts'

/**
 * Adds a passkey to an account: another device's, or the one that a recovery kit holds. A passkey that is registered already has signed for it.
 * @throws {AuthorityError} `passkey-unknown`, `statement-refused`, `statement-expired`, `id-taken`
 */
export async function addWayIn(deps: AccountsDeps, accountId: string, { signed, registration }: WayInRequest): Promise<AccountRecord> {
  const account = await findAccount(deps, accountId)
  const { statement } = signed
  await assertStatement(deps, account.passkeys, signed, { subject: accountId, subjectVersion: 0 })
  const passkey = await registeredPasskey(deps.scope, registration, wayInRegistration(statement))
  assertSamePasskey(passkey, statement.passkey)
  const added = { ...passkey, label: statement.label, addedAtSeconds: deps.clock.nowSeconds(), signed }
  return act(deps, deps.accounts, accountId, { kind: 'way-in', id: statement.id, detail: { statementHash: statementHash(statement) } }, (current) => {
    if (!current) throw new AuthorityError('not-found', 'There is no such account.')
    if (current.passkeys.some((known) => known.credentialId === passkey.credentialId))
      throw new AuthorityError('id-taken', 'This passkey is registered already.')
    if (current.passkeys.length >= 16) throw new AuthorityError('vault-full', 'An account has at most 16 passkeys.')
    return { ...current, passkeys: [...current.passkeys, added] }
  })
}

function assertSamePasskey(registered: Passkey, named: Passkey): void {
  if (registered.credentialId !== named.credentialId || registered.publicKey !== named.publicKey) {
    throw new AuthorityError('statement-refused', 'The statement names another passkey than was registered.')
  }
}
