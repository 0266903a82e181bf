import type { Browser } from 'playwright-core'
import { newPerson, startBrowser } from '../support/browser.ts'
import { startTestAuthority, type TestAuthority } from '../support/test-authority.ts'
import { look } from './look.ts'
import { arrive, joinOnPage, pagesFolder, press } from './people.ts'

const browser = await startBrowser()
const describeWithBrowser = browser === undefined ? describe.skip : describe

describeWithBrowser('ways into an account', () => {
  let authority: TestAuthority
  let kept: { kit: string; passphrase: string }

  beforeAll(async () => {
    authority = await startTestAuthority({ pagesFolder })
  })

  afterAll(async () => {
    await browser?.close()
    await authority.close()
  })

  test('a passkey without a PRF signs in, and the passphrase opens the vault', async () => {
    const { page, faults } = await newPerson(browser as Browser, { hasPrf: false })
    await page.goto(`${authority.issuer}/wallet/`)
    kept = await joinOnPage(page, async () => undefined)
    await arrive(page, 'Gather your documents')
    await press(page, 'Lock')
    await arrive(page, 'Welcome back')
    await press(page, 'Unlock with your passkey')
    await arrive(page, 'Your passphrase')
    expect(await look(page, 'wallet-passphrase')).toEqual([])
    await page.getByLabel('The six words').fill('these are not the right words')
    await press(page, 'Open the vault')
    expect(await page.getByRole('alert').innerText()).toContain('wrong-way-in')
    await page.getByLabel('The six words').fill(kept.passphrase.toUpperCase())
    await press(page, 'Open the vault')
    await arrive(page, 'Gather your documents')
    expect(faults).toEqual([])
  })

  test('the kit alone brings the account to a new device, whose passkey opens the vault from then on', async () => {
    const { page, faults } = await newPerson(browser as Browser)
    await page.goto(`${authority.issuer}/wallet/`)
    await press(page, 'Come back with a recovery kit')
    await arrive(page, 'Come back with your recovery kit')
    expect(await look(page, 'wallet-recover')).toEqual([])
    await page.getByLabel('Both lines of the kit').fill(kept.kit)
    await press(page, 'Bring my account back')
    await arrive(page, 'Gather your documents')
    await page.reload()
    await press(page, 'Unlock with your passkey')
    await arrive(page, 'Gather your documents')
    expect(faults).toEqual([])
  })

  test('a browser that forgot the account finds it again by the passkey, without a name', async () => {
    const { page, faults } = await newPerson(browser as Browser)
    await page.goto(`${authority.issuer}/wallet/`)
    await joinOnPage(page, async () => undefined)
    await arrive(page, 'Gather your documents')
    await press(page, 'Lock')
    await press(page, 'This is not my account')
    await press(page, 'Forget the account on this browser')
    await arrive(page, 'Be identified once')
    await press(page, 'I have an account')
    await arrive(page, 'Gather your documents')
    expect(faults).toEqual([])
  })
})
