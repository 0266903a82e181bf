import type { Signed, StatementFrame } from '../shared/statement.ts'
import type { Clock } from '../shared/clock.ts'
import { newId } from '../shared/ids.ts'
import { statementChallenge } from '../shared/statement.ts'
import type { Authenticator } from './authenticator.ts'

/** Under whose rules a device signs, with what, and when. */
export interface SigningDeps {
  readonly authenticator: Authenticator
  /** From the verified trust file. */
  readonly rpId: string
  /** The page's origin; a headless device names one of the trust file's. */
  readonly origin: string
  readonly issuer: string
  readonly environment: 'test' | 'production'
  readonly clock: Clock
}

/** What a caller says of a statement; the frame adds issuer, environment, time and, unless it is given, a fresh id. */
export type StatementContent<S extends StatementFrame> = Omit<S, 'issuer' | 'environment' | 'id' | 'issuedAtSeconds'> & { readonly id?: string }

/** A statement in its frame, not signed. A registration signs it by taking its hash as challenge. */
export function framedStatement<S extends StatementFrame>(deps: Pick<SigningDeps, 'issuer' | 'environment' | 'clock'>, content: StatementContent<S>): S {
  const { issuer, environment, clock } = deps
  // The content and the frame are together exactly S; TypeScript cannot see that through Omit.
  return { ...content, issuer, environment, id: content.id ?? newId('act'), issuedAtSeconds: clock.nowSeconds() } as unknown as S
}

/**
 * Signs a statement: its hash, computed here, is the challenge of a user-verified assertion.
 * @param credentialId the passkey that must sign.
 */
export async function signStatement<S extends StatementFrame>(deps: SigningDeps, credentialId: string, content: StatementContent<S>): Promise<Signed<S>> {
  return signFramed(deps, credentialId, framedStatement<S>(deps, content))
}

/** Signs a statement that has its frame already. */
export async function signFramed<S extends StatementFrame>(deps: SigningDeps, credentialId: string, statement: S): Promise<Signed<S>> {
  const assertion = await deps.authenticator.get({ rpId: deps.rpId, origin: deps.origin, challenge: statementChallenge(statement), credentialId })
  return { statement, assertion }
}
