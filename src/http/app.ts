import express, { type Express, type RequestHandler } from 'express'
import type { Logger } from 'pino'
import { nameRequest, nothingHere, problemReplies, routesOf } from './app-parts.ts'
import { openApiDocument } from './openapi.ts'
import { pages } from './pages.ts'
import { requestLog } from './request-log.ts'
import { defineRoute, type Route } from './route.ts'
import { apiHeaders } from './security-headers.ts'
import type { Authenticate } from './session-carrier.ts'

/** What the public application is made of. */
export interface AppOptions<D> {
  readonly routes: readonly Route<D>[]
  /** Given to every handler. */
  readonly deps: D
  /** The authority's own URL; its origin is the one that cookie sessions act from. */
  readonly issuer: string
  readonly authenticate: Authenticate
  readonly logger: Logger
  /** The folder of built pages, if pages are served. */
  readonly pagesFolder?: string
  /** Seen by every request, such as the meter of `metrics.ts`. */
  readonly observe?: RequestHandler
  /** On in tests: a reply that its route does not declare is a failure. */
  readonly checkReplies?: boolean
}

/** The public application: `/openapi.json`, the routes, the pages. */
export function createApp<D>({ routes, deps, issuer, authenticate, logger, pagesFolder, observe, checkReplies = false }: AppOptions<D>): Express {
  const table: readonly Route<D>[] = [...routes, openApiRoute(routes, issuer)]
  const app = bareApp()
  app.use(nameRequest)
  app.use(requestLog(logger))
  if (observe !== undefined) app.use(observe)
  app.use(apiHeaders)
  app.use(routesOf({ deps, authenticate, issuerOrigin: new URL(issuer).origin, checkReplies }, table))
  if (pagesFolder !== undefined) app.use(pages(pagesFolder))
  app.use(nothingHere)
  app.use(problemReplies(issuer, logger))
  return app
}

function bareApp(): Express {
  const app = express()
  app.disable('x-powered-by')
  app.set('etag', false)
  app.set('query parser', 'simple')
  return app
}

function openApiRoute<D>(routes: readonly Route<D>[], issuer: string): Route<D> {
  const document = openApiDocument(routes, issuer)
  return defineRoute({
    method: 'get',
    path: '/openapi.json',
    operationId: 'getOpenApi',
    summary: 'This document',
    auth: 'public',
    isCrossOrigin: true,
    responses: { 200: { mediaType: 'application/json' } },
    handle: () => Promise.resolve({ status: 200, body: document, headers: { 'cache-control': 'max-age=300' } }),
  })
}
