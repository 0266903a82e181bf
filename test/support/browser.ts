import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { recordNotRun } from './not-run.ts'

const systemNames = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Starts the system's Chromium, else the packaged one. Where neither starts, that is recorded, and undefined is returned. */
export async function startBrowser(): Promise<Browser | undefined> {
  const faults: string[] = []
  for (const find of [systemChromium, packagedChromium]) {
    try {
      const executablePath = await find()
      if (executablePath !== undefined) return await chromium.launch({ executablePath, args: flags, headless: true })
    } catch (error) {
      faults.push(error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error))
    }
  }
  recordNotRun({ name: 'Browser tests', reason: faults.length > 0 ? faults.join('; ') : 'there is no Chromium here' })
  return undefined
}

function systemChromium(): Promise<string | undefined> {
  const named = process.env['VOUCHSAFE_TEST_CHROMIUM']
  if (named !== undefined) return Promise.resolve(named)
  const paths = (process.env['PATH'] ?? '').split(':').flatMap((folder) => systemNames.map((name) => `${folder}/${name}`))
  return Promise.resolve(paths.find((path) => existsSync(path) && canRun(path)))
}

function canRun(path: string): boolean {
  try {
    execFileSync(path, ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

async function packagedChromium(): Promise<string | undefined> {
  const { default: packaged } = await import('@sparticuz/chromium')
  return packaged.executablePath()
}

/** A person's browser: a window of its own with a platform passkey that has a PRF, and a note of everything that went wrong in it. */
export interface Person {
  readonly context: BrowserContext
  readonly page: Page
  /** Errors that a page threw or logged. */
  readonly faults: readonly string[]
}

/** Opens a browser for one person. Passkeys stay with the page's window. */
export async function newPerson(browser: Browser, { hasPrf = true } = {}): Promise<Person> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' })
  const faults: string[] = []
  context.on('weberror', (error) => faults.push(error.error().message))
  context.on('console', (message) => {
    if (message.type() === 'error') faults.push(`${message.text()} ${message.location().url}`)
  })
  const page = await context.newPage()
  await addPasskeys(context, page, hasPrf)
  return { context, page, faults }
}

async function addPasskeys(context: BrowserContext, page: Page, hasPrf: boolean): Promise<void> {
  const session = await context.newCDPSession(page)
  await session.send('WebAuthn.enable')
  await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      ctap2Version: 'ctap2_1',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      hasPrf,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
}
