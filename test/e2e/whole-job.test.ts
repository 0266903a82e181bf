import type { Browser, Page, Request } from 'playwright-core'
import { addToRoster } from '../../src/device/operator/change-roster.ts'
import { type Desk, inviteReviewer, listEnrolments } from '../../src/device/operator/desk.ts'
import { drawSelfie, specimenDocumentKeys, specimenFields, specimenPerson } from '../../src/device/specimens/index.ts'
import { systemClock } from '../../src/shared/clock.ts'
import { newPerson, type Person, startBrowser } from '../support/browser.ts'
import { openOperatorsDesk } from '../support/people.ts'
import { startTestAuthority, type TestAuthority } from '../support/test-authority.ts'
import { look, lookedAt } from './look.ts'
import { approveOnPage, arrive, askAgain, joinOnPage, openNextCase, pagesFolder, picture, press } from './people.ts'

/** Whose documents are committed in `specimens/`. */
const specimen = specimenPerson('specimen')
const browser = await startBrowser()

/** Status lists may be kept for a minute; the story goes on after it. */
const clock = { aheadSeconds: 0, nowSeconds: () => systemClock.nowSeconds() + clock.aheadSeconds }

const describeWithBrowser = browser === undefined ? describe.skip : describe

describeWithBrowser('the whole job in three browsers', () => {
  let authority: TestAuthority
  let desk: Desk
  let people: { readonly applicant: Person; readonly reviewers: readonly Person[] }
  const violations: string[] = []
  const seeEnlarged = async (page: Page): Promise<void> => {
    await press(page, 'Enlarge')
    await see(page, 'review-enlarged')
    await press(page, 'Show it whole')
  }
  const see = async (page: Page, name: string): Promise<void> => void violations.push(...(await look(page, name)))

  beforeAll(async () => {
    authority = await startTestAuthority({ pagesFolder, clock })
    desk = await openOperatorsDesk(authority)
    people = { applicant: await newPerson(browser as Browser), reviewers: [await newPerson(browser as Browser), await newPerson(browser as Browser)] }
  })

  afterAll(async () => {
    await browser?.close()
    await authority.close()
  })

  test('the first page shows the keys, the lists and the log', async () => {
    const { page } = people.applicant
    await page.goto(`${authority.issuer}/`)
    expect(await page.locator('[data-root]').innerText()).toBe(authority.rootThumbprint)
    expect(await page.locator('[data-log]').getAttribute('data-log')).toMatch(/^\d+$/)
    await see(page, 'home')
  })

  test('reviewers enrol by link, and an operator admits them', async () => {
    for (const [at, { page }] of people.reviewers.entries()) {
      const { link, enrolment } = await inviteReviewer(desk, `Utopia Registry ${at + 1}`)
      await page.goto(link)
      await arrive(page, 'Reviewers’ console')
      expect(page.url()).toBe(`${authority.issuer}/review/`)
      if (at === 0) await see(page, 'review-welcome')
      await joinOnPage(page, async () => undefined)
      await arrive(page, 'Become a reviewer')
      if (at === 0) await see(page, 'review-enrol')
      await press(page, 'Make my verdict passkey')
      await arrive(page, 'Waiting for an operator')
      if (at === 0) await see(page, 'review-waiting')
      const asked = (await listEnrolments(desk)).find((each) => each.enrolment === enrolment)
      await addToRoster(desk, asked!)
      await arrive(page, 'Your queue')
      if (at === 0) await see(page, 'review-queue-empty')
    }
  })

  test('a person joins, keeps documents, and unlocks the vault again by passkey', async () => {
    const { page } = people.applicant
    await page.goto(`${authority.issuer}/wallet/`)
    await arrive(page, 'Be identified once')
    await see(page, 'wallet-welcome')
    await joinOnPage(page, (name) => see(page, `wallet-${name}`))
    await arrive(page, 'Gather your documents')
    await see(page, 'wallet-gather')
    await page.getByRole('link', { name: 'Add documents' }).click()
    await arrive(page, 'Your documents')
    await page.getByLabel('Add: Passport').setInputFiles(picture('passport-single'))
    await page.getByLabel('Replace: Passport').waitFor()
    await page.getByLabel('Add: Bank or tax letter').setInputFiles(picture('financial-document-single'))
    await page.getByLabel('Replace: Bank or tax letter').waitFor()
    await fillDetails(page)
    await see(page, 'wallet-documents')
    await page.reload()
    await arrive(page, 'Welcome back')
    await see(page, 'wallet-unlock')
    await press(page, 'Unlock with your passkey')
    await arrive(page, 'Your documents')
    await page.getByRole('button', { name: 'Look at it: Passport' }).click()
    await page.locator('canvas[data-painted="true"]').waitFor()
  })

  test('the person applies, takes the selfie, and consents to named reviewers', async () => {
    const { page } = people.applicant
    await page.getByRole('link', { name: 'Next step', exact: true }).click()
    await arrive(page, 'Ready to apply')
    await see(page, 'wallet-apply')
    await press(page, 'Apply')
    await arrive(page, 'Take a selfie with your document')
    const code = await page.locator('[data-code]').innerText()
    await page.getByLabel('Selfie').setInputFiles(picture('selfie', await drawSelfie(specimen, code, 'passport')))
    await page.locator('canvas[data-painted="true"]').waitFor()
    await see(page, 'wallet-selfie')
    await press(page, 'Go on')
    await arrive(page, 'Do you agree?')
    const panel = await page.locator('[data-panel]').innerText()
    expect([panel.includes('Utopia Registry 1'), panel.includes('Utopia Registry 2')]).toEqual([true, true])
    await see(page, 'wallet-consent')
    await press(page, 'I agree')
    await arrive(page, 'Your documents are being reviewed')
    await see(page, 'wallet-follow')
  })

  test('two reviewers ask for one file again, and the person sends just that', async () => {
    for (const [at, { page }] of people.reviewers.entries()) {
      await page.getByRole('button', { name: 'Claim the next case' }).waitFor()
      if (at === 0) await see(page, 'review-queue')
      await openNextCase(page)
      expect(await page.getByRole('button', { name: 'Sign: approve' }).isDisabled()).toBe(true)
      if (at === 0) await see(page, 'review-case')
      if (at === 0) await seeEnlarged(page)
      await askAgain(page, 'Passport', 'The picture is blurred.')
    }
    const { page } = people.applicant
    await arrive(page, 'Please send one file again')
    expect(await page.getByText('The picture is blurred.').isVisible()).toBe(true)
    await page.getByLabel('New picture: Passport').setInputFiles(picture('passport-single'))
    await page.getByText('A new picture is ready.').waitFor()
    await see(page, 'wallet-resubmit')
    await press(page, 'Agree and send')
    await arrive(page, 'Your documents are being reviewed')
  })

  test('two reviewers approve, each by a verdict passkey, and the person gets copies', async () => {
    for (const { page } of people.reviewers) {
      await openNextCase(page)
      await approveOnPage(page)
    }
    const { page } = people.applicant
    await arrive(page, 'You are identified')
    await press(page, 'Get 10 copies')
    await page.locator('[data-unused="10"]').waitFor({ timeout: 20_000 })
    await see(page, 'wallet-attestation')
  })

  test('one click at the demo sale presents, and the authority is asked for static files only', async () => {
    const asked = requestsTo(people.applicant, authority.issuer)
    const site = await people.applicant.context.newPage()
    await site.goto(authority.icoUrl!)
    await arrive(site, 'Take part in the sale')
    await see(site, 'ico')
    const popup = await openWallet(site)
    expect(await popup.locator('[data-site]').innerText()).toBe(authority.icoUrl)
    await see(popup, 'present')
    await press(popup, 'Yes, tell the site')
    await arrive(site, 'Welcome')
    await see(site, 'ico-welcome')
    expect(asked.length).toBeGreaterThan(0)
    expect(asked.map(({ kind }) => kind).filter((kind) => kind !== 'GET page' && kind !== 'GET asset')).toEqual([])
    expect(await referers(asked)).toEqual([])
    await site.close()
  })

  test('a person who declines is not led in, and no presentation is sent', async () => {
    const site = await people.applicant.context.newPage()
    await site.goto(authority.icoUrl!)
    const sent = requestsTo(people.applicant, authority.icoUrl!)
    await press(await openWallet(site), 'No')
    await site.getByText('You chose not to answer.').waitFor()
    expect(sent.map(({ kind }) => kind)).not.toContain('POST /presentations')
    await site.close()
  })

  test('after the revocation, a copy that somebody kept is refused', async () => {
    const { page, context } = people.applicant
    const kept = await page.evaluate(readCopies)
    await page.getByRole('link', { name: 'Attestation' }).click()
    await press(page, 'Revoke this attestation')
    await see(page, 'wallet-revoke')
    await press(page, 'Revoke for good')
    await page.getByText('You revoked your attestation.').waitFor()
    await see(page, 'wallet-revoked')
    clock.aheadSeconds += 61
    const site = await context.newPage()
    await site.goto(authority.icoUrl!)
    await arrive(await openWallet(site), 'No credential on this device')
    await page.evaluate(writeCopies, kept)
    await site.reload()
    await press(await openWallet(site), 'Yes, tell the site')
    await site.locator('[data-code]').waitFor()
    expect(await site.locator('[data-code]').innerText()).toBe('revoked')
    await see(site, 'ico-refused')
  })

  test('axe finds nothing on any of these screens, and no screen is wider than a phone', () => {
    expect(violations).toEqual([])
    expect(lookedAt().length).toBeGreaterThanOrEqual(20)
  })

  test('no page of the authority logs an error, and the sale only its refusal', () => {
    const faults = [people.applicant, ...people.reviewers].flatMap((person) => person.faults)
    expect(faults.filter((fault) => !fault.endsWith(`${authority.icoUrl!}/presentations`))).toEqual([])
  })
})

async function fillDetails(page: Page): Promise<void> {
  const fields = specimenFields(specimen)
  const keys = specimenDocumentKeys(specimen)
  await page.getByLabel('Name').fill(fields.name)
  await page.getByLabel('Phone (optional)').fill(fields.phone)
  await page.getByLabel('National id number (optional)').fill(fields['national-id-number'])
  await page.getByLabel('National id issued by').fill('UTO')
  await page.getByLabel('Passport number').fill(keys.find(({ type }) => type === 'passport')?.number ?? '')
  await page.getByLabel('Passport issued by').fill('UTO')
  await press(page, 'Save details')
  await page.getByText('Your details are sealed in your vault.').waitFor()
}

async function openWallet(site: Page): Promise<Page> {
  const [popup] = await Promise.all([site.waitForEvent('popup'), site.getByRole('link', { name: 'Prove that I am identified' }).click()])
  await popup.getByRole('heading', { level: 1 }).waitFor()
  return popup
}

/** A request as it left the browser. */
interface Captured {
  readonly kind: string
  readonly headers: Promise<Readonly<Record<string, string>>>
}

function requestsTo({ context }: Person, origin: string): readonly Captured[] {
  const found: Captured[] = []
  context.on('request', (request) => {
    if (new URL(request.url()).origin === origin && !isOfTheWallet(request)) found.push({ kind: kindOf(request), headers: request.allHeaders() })
  })
  return found
}

/** The wallet's own page is open beside; what it asks has nothing to do with presenting. */
function isOfTheWallet(request: Request): boolean {
  return request.isNavigationRequest() ? false : request.frame().url().includes('/wallet')
}

/** What the browser told about the page that somebody came from. */
async function referers(requests: readonly Captured[]): Promise<readonly (string | undefined)[]> {
  const all = await Promise.all(requests.map(async ({ headers }) => (await headers)['referer']))
  return all.filter((referer) => referer !== undefined && referer !== '')
}

function kindOf(request: Request): string {
  const { pathname, search } = new URL(request.url())
  const kind = /^\/present\/?$/.test(pathname) && search === '' ? 'page' : pathname.startsWith('/assets/') ? 'asset' : pathname
  return `${request.method()} ${kind}`
}

/** What a thief who copied the browser's storage would have. */
function readCopies(): Promise<unknown> {
  return new Promise((resolve) => {
    const opening = indexedDB.open('vouchsafe-credentials')
    opening.onsuccess = () => {
      const asking = opening.result.transaction('values').objectStore('values').get('copies')
      asking.onsuccess = () => {
        opening.result.close()
        const { iv, bytes } = asking.result as { iv: Uint8Array; bytes: ArrayBuffer }
        resolve({ iv: [...iv], bytes: [...new Uint8Array(bytes)] })
      }
    }
  })
}

function writeCopies(kept: unknown): Promise<void> {
  return new Promise((resolve) => {
    const { iv, bytes } = kept as { iv: number[]; bytes: number[] }
    const opening = indexedDB.open('vouchsafe-credentials')
    opening.onsuccess = () => {
      const transaction = opening.result.transaction('values', 'readwrite')
      transaction.objectStore('values').put({ iv: new Uint8Array(iv), bytes: new Uint8Array(bytes).buffer }, 'copies')
      transaction.oncomplete = () => {
        opening.result.close()
        resolve()
      }
    }
  })
}
