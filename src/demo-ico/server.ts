import { existsSync } from 'node:fs'
import express, { type Express, type Request, type RequestHandler } from 'express'
import { verifyAttestation, type Authority } from '@vouchsafe/verify'
import { plainPage } from './plain-page.ts'
import { answerFailure, refuse } from './refusals.ts'
import { createVisitors, type Visitor, type Visitors } from './visitors.ts'

/** What the demo sale is told at its start. */
export interface DemoIcoOptions {
  /** The site's own origin, such as http://127.0.0.1:8090; it is the audience that presentations must name. */
  readonly origin: string
  /** From @vouchsafe/verify. */
  readonly authority: Authority
  readonly clock: { nowSeconds(): number }
  /** Where holders present; the authority's `/present` unless given. */
  readonly walletUrl?: string
  /** Built pages with an `index.html`; a plain page is served where there are none. */
  readonly pagesDirectory?: string
  /** `test` unless given: a demo. */
  readonly environment?: 'test' | 'production'
  readonly requiredPolicy?: string
  readonly maxStatusAgeSeconds?: number
}

interface Sale extends DemoIcoOptions {
  readonly visitors: Visitors
  /** Holders who have been here; that is all that the site knows of them. */
  readonly contributors: Set<string>
}

const cookieName = 'ico_visitor'

/** A small token sale that lets identified people in and learns nothing about them: what a relying party has to write. */
export function createDemoIco(options: DemoIcoOptions): Express {
  const sale: Sale = { ...options, visitors: createVisitors(), contributors: new Set() }
  const app = express()
  app.disable('x-powered-by')
  app.use(siteHeaders, ownOriginOnly(sale))
  app.post('/session', openSession(sale))
  app.post('/presentations', express.json({ limit: '32kb', strict: true }), takePresentation(sale))
  app.get('/contributors', (_request, response) => void response.json({ count: sale.contributors.size }))
  app.use(pages(sale))
  app.use((_request, response) => refuse(response, 'not-found'))
  app.use(answerFailure)
  return app
}

/** Begins a visit: a new session and a new nonce each time. */
function openSession({ visitors, clock, origin, authority, walletUrl, requiredPolicy = 'identified/v1' }: Sale): RequestHandler {
  return (request, response) => {
    visitors.end(cookieOf(request))
    const { secret, visitor } = visitors.open(clock.nowSeconds())
    response.cookie(cookieName, secret, { httpOnly: true, sameSite: 'strict', secure: origin.startsWith('https:'), path: '/' })
    response.set('cache-control', 'no-store').json({
      visitor: visitor.visitor,
      nonce: visitor.nonce,
      audience: origin,
      policy: requiredPolicy,
      walletUrl: walletUrl ?? `${authority.issuer.url}/present`,
    })
  }
}

/** Verifies the answer to this visit's nonce, and takes one answer only. */
function takePresentation(sale: Sale): RequestHandler {
  return async (request, response) => {
    const visitor = sale.visitors.find(cookieOf(request), sale.clock.nowSeconds())
    const { presentation } = (request.body ?? {}) as { readonly presentation?: unknown }
    if (!visitor) return refuse(response, 'no-session')
    if (typeof presentation !== 'string') return refuse(response, 'invalid-request')
    if (!visitor.isUnanswered()) return refuse(response, 'nonce-used')
    const verified = await verifyPresentation(sale, visitor, presentation)
    // Of two answers that were verified at the same time, one is taken.
    if (!visitor.takeAnswer()) return refuse(response, 'nonce-used')
    const isFirstVisit = !sale.contributors.has(verified.holder)
    sale.contributors.add(verified.holder)
    response.json({ welcome: true, visitor: visitor.visitor, isFirstVisit, holder: verified.holder, statusAgeSeconds: verified.statusAgeSeconds })
  }
}

async function verifyPresentation(sale: Sale, { nonce }: Visitor, presentation: string) {
  return verifyAttestation(presentation, {
    authority: sale.authority,
    audience: sale.origin,
    nonce,
    maxStatusAgeSeconds: sale.maxStatusAgeSeconds ?? 300,
    requiredPolicy: sale.requiredPolicy ?? 'identified/v1',
    environment: sale.environment ?? 'test',
    nowSeconds: sale.clock.nowSeconds(),
  })
}

/** No opener policy: the page must keep in touch with the wallet window that it opens. */
const siteHeaders: RequestHandler = (_request, response, next) => {
  response.set({
    'content-security-policy':
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  })
  next()
}

/** Browsers say which site asks; command lines say nothing. */
function ownOriginOnly({ origin }: Sale): RequestHandler {
  return (request, response, next) => {
    const from = request.get('origin')
    if (request.method !== 'GET' && from !== undefined && from !== origin) return refuse(response, 'origin-refused')
    next()
  }
}

function pages({ pagesDirectory, origin, authority }: Sale): RequestHandler {
  if (pagesDirectory !== undefined && existsSync(pagesDirectory)) return express.static(pagesDirectory)
  const page = plainPage({ origin, issuer: authority.issuer.url })
  return (request, response, next) => (request.method === 'GET' && request.path === '/' ? void response.type('html').send(page) : next())
}

function cookieOf(request: Request): string | undefined {
  const pairs = (request.get('cookie') ?? '').split(/; */)
  return pairs.find((pair) => pair.startsWith(`${cookieName}=`))?.slice(cookieName.length + 1)
}
