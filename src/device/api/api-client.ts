import type { Problem } from '../../shared/contract/types.ts'
import { toBase64url } from '../../shared/base64url.ts'
import { randomBytes } from '../../shared/ids.ts'
import { AuthorityProblem } from './authority-problem.ts'

/** How a client reaches its authority. */
export interface ApiClientOptions {
  readonly issuer: string
  readonly fetch?: typeof fetch
  /** How sessions travel: `bearer` for headless devices, `cookie` for pages of the authority itself. */
  readonly carrier?: 'bearer' | 'cookie'
  /** Waits between tries; tests do not wait. */
  readonly wait?: (milliseconds: number) => Promise<void>
}

/** One request. `path` begins with a slash. */
export interface ApiRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly path: string
  readonly body?: unknown
  readonly sealedBody?: Uint8Array
  readonly ifMatch?: number
  readonly accept?: string
}

/** Speaks HTTP with one authority and nobody else; it never follows a redirect. */
export interface ApiClient {
  readonly issuer: string
  readonly carrier: 'bearer' | 'cookie'
  /** From now on, acts in this session; undefined ends that. */
  useToken(token: string | undefined): void
  /** Throws `AuthorityProblem` for every answer that is not 2xx. */
  send(request: ApiRequest): Promise<Response>
}

const tries = 4
const retriable: readonly string[] = ['store-unavailable', 'log-unavailable', 'unexpected-answer']

/**
 * A client for one authority. What may have been lost on the way is sent again under the same Idempotency-Key, so that it happens once.
 * @throws {AuthorityProblem} from `send`
 */
export function createApiClient({ issuer, fetch: send = fetch, carrier = 'bearer', wait = pause }: ApiClientOptions): ApiClient {
  let token: string | undefined
  const once = async (request: ApiRequest, idempotencyKey: string): Promise<Response> => {
    const response = await send(issuer + request.path, requestInit(request, { token, carrier, idempotencyKey }))
    if (response.ok) return response
    throw new AuthorityProblem(response.status, await problemOf(response))
  }
  return {
    issuer,
    carrier,
    useToken: (next) => {
      token = next
    },
    send: async (request) => {
      const idempotencyKey = toBase64url(randomBytes(24))
      for (let attempt = 1; ; attempt++) {
        try {
          return await once(request, idempotencyKey)
        } catch (error) {
          if (attempt === tries || !mayBeRepeated(error)) throw error
        }
        await wait(100 * 2 ** attempt)
      }
    },
  }
}

function mayBeRepeated(error: unknown): boolean {
  // fetch throws TypeError when the network failed: whether the request arrived is unknown.
  if (error instanceof AuthorityProblem) return error.status === 503 && retriable.includes(error.code)
  return (error as { readonly name?: unknown } | undefined)?.name === 'TypeError'
}

function requestInit(request: ApiRequest, session: { token: string | undefined; carrier: string; idempotencyKey: string }): RequestInit {
  const headers: Record<string, string> = { accept: request.accept ?? 'application/json' }
  if (session.token !== undefined) headers['authorization'] = `Bearer ${session.token}`
  if (request.method === 'POST') headers['idempotency-key'] = session.idempotencyKey
  if (request.ifMatch !== undefined) headers['if-match'] = `"${request.ifMatch}"`
  if (request.sealedBody !== undefined) headers['content-type'] = 'application/octet-stream'
  if (request.body !== undefined) headers['content-type'] = 'application/json'
  const body = request.sealedBody ?? (request.body === undefined ? undefined : JSON.stringify(request.body))
  const credentials = session.carrier === 'cookie' ? 'same-origin' : 'omit'
  return {
    method: request.method,
    headers,
    credentials,
    redirect: 'error',
    referrerPolicy: 'no-referrer',
    ...(body !== undefined && { body: body as NonNullable<RequestInit['body']> }),
  }
}

async function problemOf(response: Response): Promise<Problem | undefined> {
  if (!(response.headers.get('content-type') ?? '').startsWith('application/problem+json')) return undefined
  return (await response.json()) as Problem
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}
