import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

const axe = readFileSync(createRequire(`${process.cwd()}/package.json`).resolve('axe-core/axe.min.js'), 'utf8')
const folder = process.env['VOUCHSAFE_TEST_SCREENSHOTS']
const looked: string[] = []

/** Names of the screens that were looked at. */
export function lookedAt(): readonly string[] {
  return looked
}

/**
 * Looks at a screen at phone and desktop width: axe must find nothing, and nothing may be wider than the screen.
 * With VOUCHSAFE_TEST_SCREENSHOTS=FOLDER it also takes pictures.
 */
export async function look(page: Page, name: string): Promise<readonly string[]> {
  looked.push(name)
  const found: string[] = []
  for (const width of [1280, 360]) {
    await page.setViewportSize({ width, height: width === 360 ? 740 : 900 })
    found.push(...(await violations(page)).map((each) => `${name} at ${width}: ${each}`))
    if (await isTooWide(page)) found.push(`${name} at ${width}: wider than the screen`)
    if (folder !== undefined) await shoot(page, `${folder}/${name}-${width}`)
  }
  await page.setViewportSize({ width: 1280, height: 900 })
  return found
}

async function violations(page: Page): Promise<readonly string[]> {
  return page.evaluate(async (source) => {
    const scope = globalThis as unknown as { axe?: { run(): Promise<{ violations: readonly { id: string; nodes: readonly { html: string }[] }[] }> } }
    // The debugger may evaluate what the page's own policy forbids to the page.
    if (scope.axe === undefined) (0, eval)(source)
    const { violations } = (await scope.axe?.run()) ?? { violations: [{ id: 'axe did not run', nodes: [] }] }
    return violations.map(({ id, nodes }) => `${id} ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`)
  }, axe)
}

function isTooWide(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.scrollWidth > innerWidth)
}

async function shoot(page: Page, path: string): Promise<void> {
  mkdirSync(folder ?? '.', { recursive: true })
  await page.screenshot({ path: `${path}.png`, fullPage: true })
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.screenshot({ path: `${path}-dark.png`, fullPage: true })
  await page.emulateMedia({ colorScheme: 'light' })
}
