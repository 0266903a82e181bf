import { createApiClient } from '../../../src/device/api/api-client.ts'
import { createAuthorityApi } from '../../../src/device/api/authority-api.ts'

interface Sent {
  readonly url: string
  readonly init: RequestInit & { headers: Record<string, string> }
}

function problem(status: number, code: string): Response {
  return new Response(JSON.stringify({ type: 'x', title: 'No', status, code, requestId: 'request_x' }), {
    status,
    headers: { 'content-type': 'application/problem+json' },
  })
}

/** A client whose server gives these answers in turn; an Error is a network that failed. */
function client(answers: readonly (Response | Error)[], carrier: 'bearer' | 'cookie' = 'bearer') {
  const sent: Sent[] = []
  const fetch = async (url: unknown, init: unknown): Promise<Response> => {
    sent.push({ url: String(url), init: init as Sent['init'] })
    const answer = answers[sent.length - 1]
    if (!(answer instanceof Response)) throw answer ?? new Error('asked too often')
    return answer
  }
  const api = createApiClient({ issuer: 'http://localhost:1', fetch: fetch, carrier, wait: async () => {} })
  return { sent, api, calls: createAuthorityApi(api) }
}

const created = () => Response.json({ case: 'x' }, { status: 201 })

describe('the API client', () => {
  test('sends what may have been lost again, under the same Idempotency-Key', async () => {
    const { sent, calls } = client([new TypeError('fetch failed'), problem(503, 'store-unavailable'), created()])
    await calls.claim('case_x')
    const keys = sent.map(({ init }) => init.headers['idempotency-key'])
    expect(keys).toHaveLength(3)
    expect(new Set(keys).size).toBe(1)
    expect(keys[0]).toMatch(/^[\w-]{32}$/)
  })

  test('gives each act a key of its own', async () => {
    const { sent, calls } = client([created(), created()])
    await calls.claim('case_x')
    await calls.claim('case_x')
    expect(sent[0]!.init.headers['idempotency-key']).not.toBe(sent[1]!.init.headers['idempotency-key'])
  })

  test('does not repeat what was refused', async () => {
    for (const code of ['no-panel', 'key-sealed']) {
      const { sent, calls } = client([problem(503, code)])
      await expect(calls.claim('case_x')).rejects.toMatchObject({ code, status: 503 })
      expect(sent).toHaveLength(1)
    }
    const { sent, calls } = client([problem(409, 'lease-held')])
    await expect(calls.claim('case_x')).rejects.toMatchObject({ name: 'AuthorityProblem', code: 'lease-held', status: 409 })
    expect(sent).toHaveLength(1)
  })

  test('gives up after four tries', async () => {
    const { sent, calls } = client(Array.from({ length: 9 }, () => new TypeError('fetch failed')))
    await expect(calls.cases()).rejects.toThrow('fetch failed')
    expect(sent).toHaveLength(4)
  })

  test('says so when something else than the authority answers', async () => {
    await expect(client([new Response('<html>', { status: 404 })]).calls.cases()).rejects.toMatchObject({ code: 'unexpected-answer', status: 404 })
  })

  test('carries a bearer or a cookie, never follows redirects, tells nobody where it comes from', async () => {
    const bearer = client([created()])
    bearer.api.useToken('token')
    await bearer.calls.cases()
    expect(bearer.sent[0]!.init).toMatchObject({
      credentials: 'omit',
      redirect: 'error',
      referrerPolicy: 'no-referrer',
      headers: { authorization: 'Bearer token' },
    })
    const cookie = client([created()], 'cookie')
    await cookie.calls.cases()
    expect(cookie.sent[0]!.init).toMatchObject({ credentials: 'same-origin' })
    expect(cookie.sent[0]!.init.headers['authorization']).toBeUndefined()
  })

  test('replaces a vault index only if it is the one that was read', async () => {
    const { sent, calls } = client([created()])
    await calls.replaceVaultIndex(7, 'abc')
    expect(sent[0]!.init.headers['if-match']).toBe('"7"')
  })
})
