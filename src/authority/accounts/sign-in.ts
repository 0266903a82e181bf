import { fromBase64url, toBase64url } from '../../shared/base64url.ts'
import type { Passkey, SessionRecord, SignInChallengeReply, SignInRequest } from '../../shared/contract/types.ts'
import { AuthorityError } from '../../shared/errors.ts'
import { sha256Hex } from '../../shared/hash.ts'
import { assertSignIn } from '../../shared/verify-assertion.ts'
import { type Collection, everyDocument, type Stored } from '../../storage/collection.ts'
import type { AccountsDeps } from './deps.ts'

const challengeLifeSeconds = 300
const sessionLifeSeconds = 12 * 3600

/** Makes a nonce that one sign-in may use within five minutes. */
export async function challengeSignIn({ signInChallenges, clock, random }: AccountsDeps): Promise<SignInChallengeReply> {
  const challenge = { id: toBase64url(random(32)), expiresAtSeconds: clock.nowSeconds() + challengeLifeSeconds }
  await signInChallenges.insert(challenge)
  return { nonce: challenge.id, expiresAtSeconds: challenge.expiresAtSeconds }
}

/** A new session and its token: 32 random bytes, base64url, of which only the hash is stored. */
export interface NewSession {
  readonly session: SessionRecord
  readonly token: string
}

/**
 * Signs in an account or an operator.
 * @throws {AuthorityError} `sign-in-failed`: unknown account, unknown passkey, used nonce and wrong signature look the same.
 */
export async function signIn(deps: AccountsDeps, request: SignInRequest): Promise<NewSession> {
  await useChallenge(deps, request.nonce)
  const passkey = (await passkeysOf(deps, request.principal)).find(({ credentialId }) => credentialId === request.assertion.credentialId)
  if (!passkey) throw new AuthorityError('sign-in-failed', 'This sign-in was not accepted.')
  await assertSignIn(deps.scope, passkey, deps.issuer, request.nonce, request.assertion)
  const token = toBase64url(deps.random(32))
  const now = deps.clock.nowSeconds()
  const session = await deps.sessions.insert({
    id: sessionId(token),
    principal: request.principal,
    createdAtSeconds: now,
    expiresAtSeconds: now + sessionLifeSeconds,
  })
  return { session, token }
}

/** The living session of a token, or undefined. */
export async function findSession({ sessions, clock }: Pick<AccountsDeps, 'sessions' | 'clock'>, token: string): Promise<SessionRecord | undefined> {
  if (!/^[A-Za-z0-9_-]{43}$/.test(token)) return undefined
  const session = await sessions.get(sessionId(token))
  return session && session.expiresAtSeconds > clock.nowSeconds() ? session : undefined
}

/** Ends a session; ending what is over is no error. */
export async function signOut({ sessions }: Pick<AccountsDeps, 'sessions'>, id: string): Promise<void> {
  const session = await sessions.get(id)
  if (session) await sessions.remove(session)
}

/** What removes each session and nonce whose time is over. */
export async function* expiredSignIns({ sessions, signInChallenges }: AccountsDeps, nowSeconds: number): AsyncGenerator<() => Promise<void>> {
  yield* expired(sessions, nowSeconds)
  yield* expired(signInChallenges, nowSeconds)
}

async function* expired<T extends Stored & { readonly expiresAtSeconds: number }>(
  collection: Collection<T>,
  nowSeconds: number,
): AsyncGenerator<() => Promise<void>> {
  for await (const document of everyDocument(collection, 'expiry', [])) {
    if (document.expiresAtSeconds > nowSeconds) return
    yield () => collection.remove(document)
  }
}

async function useChallenge({ signInChallenges, clock }: AccountsDeps, nonce: string): Promise<void> {
  const challenge = await signInChallenges.get(nonce)
  if (!challenge || challenge.expiresAtSeconds <= clock.nowSeconds()) throw new AuthorityError('sign-in-failed', 'This sign-in was not accepted.')
  // Removing is using: of two at once, one finds nothing to replace.
  await signInChallenges.replace({ ...challenge, expiresAtSeconds: 0 }).catch(() => {
    throw new AuthorityError('sign-in-failed', 'This sign-in was not accepted.')
  })
}

async function passkeysOf({ accounts, operators }: AccountsDeps, principal: string): Promise<readonly Passkey[]> {
  if (principal.startsWith('operator_')) return operators.filter(({ operator }) => operator === principal).map(({ passkey }) => passkey)
  return (await accounts.get(principal))?.passkeys ?? []
}

function sessionId(token: string): string {
  return sha256Hex(fromBase64url(token))
}
