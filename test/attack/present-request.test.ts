import { isNonce, isSiteOrigin, messages, requestOfFragment, requestOfOpener, type Windows } from '../../web/present/present-request.ts'

const nonce = 'n'.repeat(32)
const site = 'https://sale.example'

interface Sent {
  readonly data: unknown
  readonly to: string
}

/** The windows of a presentation, and what is said into them. */
function windows({ hasOpener = true, isFramed = false } = {}) {
  const listeners = new Set<(event: MessageEvent<unknown>) => void>()
  const sent: Sent[] = []
  const opener = { postMessage: (data: unknown, to: string) => void sent.push({ data, to }) }
  const self = {
    addEventListener: (_type: string, listener: (event: MessageEvent<unknown>) => void) => void listeners.add(listener),
    removeEventListener: (_type: string, listener: (event: MessageEvent<unknown>) => void) => void listeners.delete(listener),
  }
  const say = (data: unknown, origin: string, source: unknown = opener): void => {
    for (const listener of [...listeners]) listener({ data, origin, source } as MessageEvent<unknown>)
  }
  return { deps: { self, opener: hasOpener ? opener : null, isFramed } as unknown as Windows, sent, say, listeners }
}

const request = { type: messages.request, nonce }

describe('a request of the window that opened the page', () => {
  test('has as its audience the origin that the browser reports, whatever the request says it is', async () => {
    const { deps, say } = windows()
    const asked = requestOfOpener(deps)
    say({ ...request, audience: 'https://bank.example', origin: 'https://bank.example' }, site)
    expect(await asked).toMatchObject({ audience: site, site, nonce })
  })

  test('is answered to that origin alone, so that a window which has gone elsewhere hears nothing', async () => {
    const { deps, say, sent } = windows()
    const asked = requestOfOpener(deps)
    say(request, site)
    ;(await asked).answer('a.b.c')
    expect(sent.at(-1)).toEqual({ data: { type: messages.presentation, nonce, presentation: 'a.b.c' }, to: site })
  })

  test('is the first one: a second request changes neither audience nor nonce', async () => {
    const { deps, say, sent, listeners } = windows()
    const asked = requestOfOpener(deps)
    say(request, site)
    say({ ...request, nonce: 'e'.repeat(32) }, 'https://evil.example')
    ;(await asked).answer('a.b.c')
    expect([(await asked).nonce, sent.at(-1)?.to, listeners.size]).toEqual([nonce, site, 0])
  })

  test('is not heard from any other window', async () => {
    const { deps, say } = windows()
    const asked = requestOfOpener(deps)
    say({ ...request, nonce: 'e'.repeat(32) }, 'https://evil.example', {})
    say(request, site)
    expect(await asked).toMatchObject({ audience: site, nonce })
  })

  test('goes nowhere if it is declined but the word that it was', async () => {
    const { deps, say, sent } = windows()
    const asked = requestOfOpener(deps)
    say(request, site)
    ;(await asked).decline()
    expect(sent.at(-1)).toEqual({ data: { type: messages.declined, nonce }, to: site })
  })

  test.each(['null', 'file://', 'http://sale.example', 'chrome-extension://abc'])('is refused from the origin %s', async (origin) => {
    const { deps, say } = windows()
    const asked = requestOfOpener(deps)
    say(request, origin)
    await expect(asked).rejects.toMatchObject({ code: 'null-origin' })
  })

  test.each([undefined, 7, '', 'short', 'x'.repeat(129), 'has a space in it', '<script>alert(1)</script>'])('is refused with the nonce %j', async (bad) => {
    const { deps, say } = windows()
    const asked = requestOfOpener(deps)
    say({ ...request, nonce: bad }, site)
    await expect(asked).rejects.toMatchObject({ code: 'bad-request' })
  })

  test('is refused where nobody opened the page', async () => {
    await expect(requestOfOpener(windows({ hasOpener: false }).deps)).rejects.toMatchObject({ code: 'no-opener' })
  })

  test('is refused inside a frame', async () => {
    await expect(requestOfOpener(windows({ isFramed: true }).deps)).rejects.toMatchObject({ code: 'framed' })
  })
})

describe('a request in the fragment', () => {
  const fragment = (target: string, more = ''): string => `nonce=${nonce}&redirect_uri=${encodeURIComponent(target)}${more}`
  const leave = (): never => {
    throw new Error('nothing may leave')
  }

  test('has the redirect URI as its audience, and the answer goes there in the fragment', () => {
    const left: string[] = []
    const asked = requestOfFragment(fragment(`${site}/back?visit=1`, '&state=s%26t'), (url) => void left.push(url))
    asked?.answer('a.b.c')
    asked?.decline()
    expect([asked?.audience, asked?.site]).toEqual([`${site}/back?visit=1`, site])
    expect(left).toEqual([`${site}/back?visit=1#presentation=a.b.c&state=s%26t`, `${site}/back?visit=1#error=declined&state=s%26t`])
  })

  test('is none where there is no redirect URI', () => {
    expect(requestOfFragment('', leave)).toBeUndefined()
  })

  test.each([
    'javascript:alert(1)//sale.example',
    'data:text/html,x',
    'http://sale.example/back',
    'https://user@sale.example/back',
    'https://sale.example/back#there',
    'https://sale.example\\@evil.example/',
    '//sale.example/back',
    'https://SALE.example/back',
    `https://sale.example/${'x'.repeat(2000)}`,
  ])('is refused with the target %s', (target) => {
    expect(() => requestOfFragment(fragment(target), leave)).toThrow(expect.objectContaining({ code: 'bad-target' }))
  })

  test('is refused without a nonce', () => {
    expect(() => requestOfFragment(`redirect_uri=${encodeURIComponent(`${site}/`)}`, leave)).toThrow(expect.objectContaining({ code: 'bad-request' }))
  })
})

test.each([
  ['https://sale.example', true],
  ['http://127.0.0.1:8090', true],
  ['http://localhost:3000', true],
  ['http://localhost.evil.example', false],
  ['https://sale.example/', false],
  ['null', false],
  ['', false],
])('whether %s may be answered: %s', (origin, isAllowed) => {
  expect(isSiteOrigin(origin)).toBe(isAllowed)
})

test('nonces are unreserved characters, 16 to 128 of them', () => {
  expect([isNonce('aZ09_-.~'.repeat(2)), isNonce('a'.repeat(15)), isNonce(null)]).toEqual([true, false, false])
})
