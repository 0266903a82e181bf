import { existsSync, readFileSync } from 'node:fs'
import { jest } from '@jest/globals'
import type { Page } from 'playwright-core'

/** The built pages; another folder may be named. */
export const pagesFolder = process.env['VOUCHSAFE_TEST_PAGES'] ?? 'dist/web'
if (!existsSync(`${pagesFolder}/demo-ico/index.html`)) throw new Error('There are no built pages. Run: npm run build')

// A person takes longer than a function, above all on a busy machine.
jest.setTimeout(120_000)

/** A picture as a person would choose it from a folder. */
export function picture(name: string, buffer: Uint8Array = new Uint8Array(readFileSync(`specimens/${name}.png`))) {
  return { name: `${name}.png`, mimeType: 'image/png', buffer: Buffer.from(buffer) }
}

/** Presses a button by its name. */
export async function press(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).click()
}

/** Waits for the screen with this heading. */
export async function arrive(page: Page, heading: string): Promise<void> {
  const place = page.getByRole('heading', { level: 1, name: heading })
  await place.waitFor({ timeout: 30_000 }).catch(async () => {
    throw new Error(`Waited for “${heading}”, and the screen says: ${await page.locator('main').innerText()}`)
  })
}

/** Makes an account on the page that is open, keeps the kit, and reads it back. @returns what the person kept. */
export async function joinOnPage(page: Page, onScreen: (name: string) => Promise<void>): Promise<{ kit: string; passphrase: string }> {
  await press(page, 'Create an account')
  await arrive(page, 'Keep your ways back in')
  await onScreen('kit')
  const kit = await page.locator('[data-kit]').innerText()
  const passphrase = await page.locator('[data-passphrase]').innerText()
  await press(page, 'I have kept them')
  await arrive(page, 'Check your recovery kit')
  await onScreen('kit-check')
  await page.getByLabel('Both lines of the kit').fill(kit)
  await press(page, 'Check the kit')
  return { kit, passphrase }
}

/** Opens the next case of the queue. */
export async function openNextCase(page: Page): Promise<void> {
  await press(page, 'Claim the next case')
  await arrive(page, 'Case claimed')
  await press(page, 'Open the files')
  await arrive(page, 'Review this case')
  await page.locator('canvas[data-painted="true"]').waitFor()
}

/** Asks for one file again. */
export async function askAgain(page: Page, file: string, reason: string): Promise<void> {
  await press(page, 'Ask again')
  await page.getByRole('combobox', { name: file }).selectOption({ label: reason })
  await press(page, 'Sign: ask again')
  await arrive(page, 'Your queue')
}

/** Ticks every point and approves. */
export async function approveOnPage(page: Page): Promise<void> {
  for (const point of await page.getByRole('checkbox').all()) await point.check()
  await press(page, 'Sign: approve')
  await arrive(page, 'Your queue')
}
