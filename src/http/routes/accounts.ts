import { type AccountsDeps, addWayIn, challengeSignIn, findAccount, join, signIn, signOut } from '../../authority/accounts/index.ts'
import { findReviewer, type RosterDeps } from '../../authority/roster/index.ts'
import { personOf, type UniquenessDeps } from '../../authority/uniqueness/index.ts'
import type { AccountRecord, AccountReply } from '../../shared/contract/types.ts'
import { defineRoute } from '../route.ts'
import { endedSessionCookie, sessionCookie } from '../session-carrier.ts'

/** What these routes call. */
export interface AccountRouteDeps {
  readonly features: AccountsDeps & RosterDeps & UniquenessDeps
}

/** Joining, signing in and out, and the ways in of an account. */
export const accountRoutes = [
  defineRoute({
    method: 'post',
    path: '/v1/accounts',
    operationId: 'join',
    summary: 'Makes an account out of a passkey',
    auth: 'public',
    body: 'http/join-request',
    perMinute: 60,
    responses: { 201: { schema: 'http/account' } },
    handle: async ({ body }, { features }: AccountRouteDeps) => ({ status: 201, body: await accountReply(features, await join(features, body)) }),
  }),
  defineRoute({
    method: 'get',
    path: '/v1/accounts/me',
    operationId: 'getAccount',
    summary: 'The account that is signed in',
    auth: 'account',
    responses: { 200: { schema: 'http/account' } },
    handle: async ({ principal }, { features }: AccountRouteDeps) => ({
      status: 200,
      body: await accountReply(features, await findAccount(features, principal.id)),
    }),
  }),
  defineRoute({
    method: 'post',
    path: '/v1/accounts/me/passkeys',
    operationId: 'addWayIn',
    summary: 'Adds a passkey, with the signature of one that is registered already',
    auth: 'account',
    body: 'http/way-in-request',
    responses: { 201: { schema: 'http/account' } },
    handle: async ({ body, principal }, { features }: AccountRouteDeps) => ({
      status: 201,
      body: await accountReply(features, await addWayIn(features, principal.id, body)),
    }),
  }),
  defineRoute({
    method: 'post',
    path: '/v1/sign-in-challenges',
    operationId: 'challengeSignIn',
    summary: 'A nonce for one sign-in',
    auth: 'public',
    body: 'http/empty-request',
    perMinute: 120,
    responses: { 201: { schema: 'http/sign-in-challenge' } },
    handle: async (_request, { features }: AccountRouteDeps) => ({ status: 201, body: await challengeSignIn(features) }),
  }),
  defineRoute({
    method: 'post',
    path: '/v1/sessions',
    operationId: 'signIn',
    summary: 'Signs in an account or an operator by passkey',
    auth: 'public',
    body: 'http/sign-in-request',
    perMinute: 120,
    responses: { 201: { schema: 'http/session' } },
    async handle({ body }, { features }: AccountRouteDeps) {
      const { session, token } = await signIn(features, body)
      const { principal, expiresAtSeconds, createdAtSeconds } = session
      if (body.carrier === 'bearer') return { status: 201, body: { principal, expiresAtSeconds, token } }
      const headers = { 'set-cookie': sessionCookie(token, expiresAtSeconds - createdAtSeconds) }
      return { status: 201, body: { principal, expiresAtSeconds }, headers }
    },
  }),
  defineRoute({
    method: 'delete',
    path: '/v1/sessions/current',
    operationId: 'signOut',
    summary: 'Ends this session',
    auth: 'account-or-operator',
    responses: { 204: {} },
    async handle({ principal }, { features }: AccountRouteDeps) {
      await signOut(features, principal.session)
      return { status: 204, headers: { 'set-cookie': endedSessionCookie } }
    },
  }),
]

async function accountReply(features: AccountRouteDeps['features'], account: AccountRecord): Promise<AccountReply> {
  const { id, createdAtSeconds, vaultRecipient } = account
  const passkeys = account.passkeys.map(({ signed: _signed, ...passkey }) => passkey)
  const person = await personOf(features, id)
  const reviewer = (await findReviewer(features, id))?.reviewer
  return { account: id, createdAtSeconds, vaultRecipient, passkeys, ...(person !== undefined && { person }), ...(reviewer !== undefined && { reviewer }) }
}
