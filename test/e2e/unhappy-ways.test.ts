import type { Browser, Page } from 'playwright-core'
import type { Console } from '../../src/device/console/console.ts'
import { reviewQueue } from '../../src/device/console/open-case-files.ts'
import { signVerdict } from '../../src/device/console/sign-verdict.ts'
import { newPerson, type Person, startBrowser } from '../support/browser.ts'
import { enrolReviewers, openForReview } from '../support/people.ts'
import { startTestAuthority, type TestAuthority } from '../support/test-authority.ts'
import { look } from './look.ts'
import { arrive, joinOnPage, pagesFolder, picture, press } from './people.ts'

const browser = await startBrowser()
const describeWithBrowser = browser === undefined ? describe.skip : describe

describeWithBrowser('the ways that lead to no attestation', () => {
  let authority: TestAuthority
  let reviewers: readonly Console[]
  let applicant: Person

  beforeAll(async () => {
    authority = await startTestAuthority({ pagesFolder })
    reviewers = await enrolReviewers(authority, 4)
    applicant = await newPerson(browser as Browser)
  })

  afterAll(async () => {
    await browser?.close()
    await authority.close()
  })

  test('a file that is no picture is refused in plain words, and nothing is kept', async () => {
    const { page } = applicant
    await page.goto(`${authority.issuer}/wallet/`)
    await joinOnPage(page, async () => undefined)
    await page.getByRole('link', { name: 'Add documents' }).click()
    for (const content of ['<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', 'GIF89a'.padEnd(64), '']) {
      await page.getByLabel('Add: Passport').setInputFiles({ name: 'passport.png', mimeType: 'image/png', buffer: Buffer.from(content) })
      await page.getByRole('alert').waitFor()
      expect(await page.getByRole('alert').innerText()).toContain('not-an-image')
    }
    await page.getByLabel('Add: Passport').setInputFiles({ name: 'flood.png', mimeType: 'image/png', buffer: pixelFlood() })
    await page.getByText('too-many-pixels').waitFor()
    expect(await page.getByLabel('Replace: Passport').count()).toBe(0)
  })

  test('declining the consent ends the submission, and nobody could open anything', async () => {
    const { page } = applicant
    await keepDocuments(page)
    await apply(page)
    await press(page, 'I decline')
    await arrive(page, 'Ready to apply')
    expect(await page.locator('main').innerText()).toContain('You withdrew your last submission.')
    expect(await Promise.all(reviewers.map(async (console) => (await reviewQueue(console)).length))).toEqual([0, 0, 0, 0])
  })

  test('a panel that cannot decide asks for one more reviewer, by a consent of its own', async () => {
    const { page } = applicant
    await apply(page)
    await press(page, 'I agree')
    await arrive(page, 'Your documents are being reviewed')
    const panel = await waiting(reviewers)
    expect(panel).toHaveLength(3)
    for (const { console, caseId } of panel.slice(0, 2)) {
      const { opening } = await openForReview(console, caseId)
      await signVerdict(console, opening, { verdict: 'cannot-open' })
    }
    await arrive(page, 'One more reviewer is needed')
    expect(await look(page, 'wallet-replacement')).toEqual([])
    await press(page, 'I agree')
    await arrive(page, 'Your documents are being reviewed')
  })

  test('two rejections end the case, and the page says why', async () => {
    const { page } = applicant
    for (const { console, caseId } of await waiting(reviewers)) {
      const { opening, files } = await openForReview(console, caseId)
      await signVerdict(console, opening, { verdict: 'reject', reasons: [{ sha256: files[0]!.sha256, code: 'not-genuine' }] })
    }
    await page.getByText('The document does not seem genuine.').waitFor()
    expect(await look(page, 'wallet-rejected')).toEqual([])
  })

  test('a submission under review can be withdrawn at any time', async () => {
    const { page } = applicant
    await apply(page)
    await press(page, 'I agree')
    await arrive(page, 'Your documents are being reviewed')
    await press(page, 'Withdraw this submission')
    await press(page, 'Withdraw')
    await arrive(page, 'Ready to apply')
    expect(await waiting(reviewers)).toEqual([])
    expect(applicant.faults).toEqual([])
  })
})

async function keepDocuments(page: Page): Promise<void> {
  await page.getByLabel('Add: Passport').setInputFiles(picture('passport-single'))
  await page.getByLabel('Replace: Passport').waitFor()
  await page.getByLabel('Add: Proof of residence').setInputFiles(picture('residence-registration-single'))
  await page.getByLabel('Replace: Proof of residence').waitFor()
  await page.getByLabel('Name').fill('Utopia Specimen')
  await page.getByLabel('Passport number').fill('UP0000000')
  await page.getByLabel('Passport issued by').fill('UTO')
  await press(page, 'Save details')
  await page.getByRole('link', { name: 'Go on to the next step' }).click()
}

/** Goes as far as the decision. */
async function apply(page: Page): Promise<void> {
  await press(page, 'Apply')
  await arrive(page, 'Take a selfie with your document')
  await page.getByLabel('Selfie').setInputFiles(picture('passport-single'))
  await press(page, 'Go on')
  await arrive(page, 'Do you agree?')
}

/** Reviewers for whom a case waits. */
async function waiting(reviewers: readonly Console[]): Promise<readonly { readonly console: Console; readonly caseId: string }[]> {
  const queues = await Promise.all(reviewers.map(async (console) => ({ console, caseId: (await reviewQueue(console))[0]?.case })))
  return queues.flatMap(({ console, caseId }) => (caseId === undefined ? [] : [{ console, caseId }]))
}

/** A PNG that says it is 30,000 pixels wide and high. */
function pixelFlood(): Buffer {
  const { buffer } = picture('passport-single')
  buffer.writeUInt32BE(30_000, 16)
  buffer.writeUInt32BE(30_000, 20)
  return buffer
}
