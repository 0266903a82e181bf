import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser, Page } from 'playwright-core'
import { newPerson, type Person, startBrowser } from '../support/browser.ts'
import { startTestAuthority, type TestAuthority } from '../support/test-authority.ts'
import { look } from './look.ts'
import { pagesFolder } from './people.ts'

const browser = await startBrowser()
const describeWithBrowser = browser === undefined ? describe.skip : describe
const nonce = 'n'.repeat(32)

describeWithBrowser('the page that presents, under attack', () => {
  let authority: TestAuthority
  let attacker: { readonly server: Server; readonly origin: string }
  let victim: Person

  beforeAll(async () => {
    authority = await startTestAuthority({ pagesFolder })
    attacker = await attackersSite(authority.issuer)
    victim = await newPerson(browser as Browser)
  })

  afterAll(async () => {
    await browser?.close()
    attacker.server.close()
    await authority.close()
  })

  test('opened by nobody, it answers nothing', async () => {
    const { page } = victim
    await page.goto(`${authority.issuer}/present/`)
    expect(await refusal(page)).toBe('no-opener')
    expect(await look(page, 'present-nothing')).toEqual([])
  })

  test('an opaque origin gets nothing: a sandboxed page could be anybody', async () => {
    const { page } = victim
    await page.goto(`${attacker.origin}/opaque`)
    expect(await page.evaluate(() => origin)).toBe('null')
    expect(await refusal(await popupAfter(page, () => page.getByRole('button').click()))).toBe('null-origin')
  })

  test('it cannot be put into a frame', async () => {
    const { page } = victim
    const refused = page.waitForEvent('console', { predicate: (message) => message.text().includes('frame-ancestors') })
    await page.goto(`${attacker.origin}/framing`)
    await refused
    expect(await page.frameLocator('iframe').getByRole('heading').count()).toBe(0)
  })

  test('a request in the fragment leads to no script, and leaves the address bar', async () => {
    const { page } = victim
    const asked = new URLSearchParams({ nonce, redirect_uri: 'javascript:alert(document.domain)' }).toString()
    await page.goto(`${authority.issuer}/present/#${asked}`)
    expect(await refusal(page)).toBe('bad-target')
    expect(page.url()).toBe(`${authority.issuer}/present/`)
  })

  test('a site that asks sees its own origin named, whatever its request says', async () => {
    const { page } = victim
    await page.goto(`${attacker.origin}/lying`)
    const popup = await popupAfter(page, () => page.getByRole('button').click())
    await popup.getByRole('heading', { name: 'No credential on this device' }).waitFor()
    expect(await popup.locator('main').innerText()).toContain(attacker.origin)
    expect(await popup.locator('main').innerText()).not.toContain('bank.example')
  })
})

async function refusal(page: Page): Promise<string> {
  return page.locator('main .mono').innerText()
}

async function popupAfter(page: Page, act: () => Promise<void>): Promise<Page> {
  const [popup] = await Promise.all([page.waitForEvent('popup'), act()])
  return popup
}

/** A site on another origin that asks in the name of somebody else. */
async function attackersSite(issuer: string): Promise<{ readonly server: Server; readonly origin: string }> {
  const message = JSON.stringify({ type: 'vouchsafe/request', nonce, audience: 'https://bank.example', origin: 'https://bank.example' })
  const asking = `<button onclick="window.open('${issuer}/present/')">go</button><script>addEventListener('message', (e) => e.source.postMessage(${message}, '*'))</script>`
  const bodies: Readonly<Record<string, string>> = {
    '/lying': asking,
    '/framing': `<iframe src="${issuer}/present/"></iframe>`,
    '/opaque': asking,
  }
  const sandbox = 'sandbox allow-scripts allow-popups allow-popups-to-escape-sandbox'
  const server = createServer((request, response) => {
    if (request.url === '/opaque') response.setHeader('content-security-policy', sandbox)
    response.setHeader('content-type', 'text/html').end(bodies[request.url ?? ''] ?? '')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { server, origin: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}` }
}
