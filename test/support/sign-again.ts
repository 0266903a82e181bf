import { signFramed } from '../../src/device/sign-statement.ts'
import { type Device, signingDeps } from '../../src/device/device.ts'
import type { ConsentRequest, ConsentStatement, TrustFile } from '../../src/shared/contract/types.ts'
import { consentHash, evidenceHash } from '../../src/shared/evidence.ts'
import { newId } from '../../src/shared/ids.ts'
import type { Signed, StatementFrame } from '../../src/shared/statement.ts'

/** Whose passkey signs. */
export interface Signer extends Device {
  readonly trust: TrustFile
}

/** Signs a changed statement under a fresh id, unless it is given, so that each is an act of its own. */
export function signAgain<S extends StatementFrame>(signer: Signer, credentialId: string, statement: S, changes: Partial<S> = {}): Promise<Signed<S>> {
  return signFramed(signingDeps(signer, signer.trust), credentialId, { ...statement, id: newId('act'), ...changes })
}

/** Signs a consent with another content; its hashes are those of the content unless they are given. */
export async function consentAgain(
  signer: Signer,
  credentialId: string,
  { signed, wraps }: ConsentRequest,
  changes: Partial<ConsentStatement>,
): Promise<ConsentRequest> {
  const changed = { ...signed.statement, ...changes }
  const named = { ...changed, evidenceHash: changes.evidenceHash ?? evidenceHash(changed.evidence) }
  return {
    signed: await signAgain(signer, credentialId, signed.statement, { ...named, id: newId('act'), consentHash: changes.consentHash ?? consentHash(named) }),
    wraps,
  }
}
