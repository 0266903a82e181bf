import type { AccountRecord, Passkey } from '../../shared/contract/types.ts'
import { isAuthorityError } from '../../shared/errors.ts'
import { assertSignedBy, type WebauthnScope } from '../../shared/verify-assertion.ts'

/**
 * The passkeys of an account to which a chain of signed way-in statements leads from passkeys that are trusted already.
 * A passkey that somebody wrote into the store has no such chain.
 */
export async function provenPasskeys(
  scope: WebauthnScope,
  account: Pick<AccountRecord, 'id' | 'passkeys'>,
  trusted: readonly Passkey[],
): Promise<readonly Passkey[]> {
  const proven = [...trusted]
  // A way in can only be signed by one that was there before it, so one pass in order is enough.
  for (const { signed } of account.passkeys) {
    const signer = signed && proven.find(({ credentialId }) => credentialId === signed.assertion.credentialId)
    if (!signed || !signer || signed.statement.subject !== account.id) continue
    if (await isSignedBy(scope, signer, signed)) proven.push(signed.statement.passkey)
  }
  return proven
}

async function isSignedBy(...[scope, passkey, signed]: Parameters<typeof assertSignedBy>): Promise<boolean> {
  return assertSignedBy(scope, passkey, signed).then(
    () => true,
    (error: unknown) => {
      if (isAuthorityError(error, 'statement-refused')) return false
      throw error
    },
  )
}
