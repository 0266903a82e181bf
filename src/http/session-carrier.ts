import { AuthorityError } from '../shared/errors.ts'
import type { Principal, RouteAuth } from './route.ts'

/** The cookie that carries a page's session. The prefix binds it to this host, to https (or localhost) and to every path. */
const cookieName = '__Host-vouchsafe'

const tokenForm = /^[A-Za-z0-9_-]{16,128}$/

/** Finds who a session token belongs to; undefined for a token that is unknown, ended or expired. */
export type Authenticate = (token: string) => Promise<Principal | undefined>

/** The headers of a request that decide about its session. */
export interface SessionHeaders {
  readonly method: string
  readonly cookie: string | undefined
  readonly authorization: string | undefined
  readonly origin: string | undefined
}

/** The `Set-Cookie` value that gives a page its session. */
export function sessionCookie(token: string, maxAgeSeconds: number): string {
  return `${cookieName}=${token}; Path=/; Max-Age=${String(maxAgeSeconds)}; Secure; HttpOnly; SameSite=Strict`
}

/** The `Set-Cookie` value that takes it away. */
export const endedSessionCookie = `${cookieName}=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Strict`

/**
 * Who makes this request, of those whom the route admits. Pages send the cookie, headless devices a bearer; never both.
 * @throws {AuthorityError} `two-session-carriers`, `origin-refused` (a cookie from elsewhere would be forgery), `sign-in-required`, `role-required`.
 */
export async function signedIn(authenticate: Authenticate, auth: RouteAuth, headers: SessionHeaders, issuerOrigin: string): Promise<Principal | undefined> {
  if (auth === 'public') return undefined
  const cookie = cookieToken(headers.cookie)
  const bearer = bearerToken(headers.authorization)
  if (cookie !== undefined && bearer !== undefined) throw new AuthorityError('two-session-carriers', 'Send either the cookie or a bearer token.')
  if (cookie !== undefined) assertOwnOrigin(headers, issuerOrigin)
  const token = cookie ?? bearer ?? ''
  const principal = tokenForm.test(token) ? await authenticate(token) : undefined
  if (principal === undefined) throw new AuthorityError('sign-in-required', 'There is no session here that is still good.')
  if (!auth.split('-or-').includes(principal.kind)) throw new AuthorityError('role-required', `This is for ${auth} sessions.`)
  return principal
}

function assertOwnOrigin({ method, origin }: SessionHeaders, issuerOrigin: string): void {
  const isReading = method === 'GET' || method === 'HEAD'
  if (origin === issuerOrigin || (isReading && origin === undefined)) return
  throw new AuthorityError('origin-refused', 'A cookie session acts only for pages of this origin.')
}

function cookieToken(header: string | undefined): string | undefined {
  const pairs = (header ?? '').split(';').map((pair) => pair.trim())
  const ours = pairs.filter((pair) => pair.startsWith(`${cookieName}=`))
  if (ours.length > 1) throw new AuthorityError('two-session-carriers', 'The session cookie came twice.')
  return ours[0]?.slice(cookieName.length + 1)
}

function bearerToken(header: string | undefined): string | undefined {
  return header === undefined ? undefined : (/^Bearer +(\S+)$/i.exec(header)?.[1] ?? '')
}
