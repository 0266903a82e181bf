import { randomUUID } from 'node:crypto'
import express, { type ErrorRequestHandler, type RequestHandler, type Router } from 'express'
import { ipKeyGenerator, rateLimit } from 'express-rate-limit'
import type { Logger } from 'pino'
import { AuthorityError } from '../shared/errors.ts'
import { expectedFailure, problemOf } from './problem.ts'
import { sendProblem } from './reply.ts'
import { errorForLog, factsOf } from './request-log.ts'
import type { Route } from './route.ts'
import { noteRoute, requireSession, type RunDeps, runRoute } from './run-route.ts'
import { crossOriginHeaders } from './security-headers.ts'

/** Names each request. The name is ours: one that a client sends could carry anything into the log. */
export const nameRequest: RequestHandler = (_request, response, next) => {
  const requestId = randomUUID()
  response.locals['facts'] = { requestId }
  response.set('x-request-id', requestId)
  next()
}

/**
 * The router of a route table: each route, then `method-not-allowed` for the known paths.
 * @throws {Error} if two routes have one name, or one method and path: the second would never be reached.
 */
export function routesOf<D>(run: RunDeps<D>, routes: readonly Route<D>[]): Router {
  assertDistinct(routes.map((route) => route.operationId))
  assertDistinct(routes.map((route) => `${route.method} ${route.path}`))
  const router = express.Router({ caseSensitive: true, strict: true })
  for (const route of routes) router[route.method](route.path, ...stepsOf(run, route))
  for (const path of new Set(routes.map((route) => route.path))) router.all(path, otherMethods(routes.filter((route) => route.path === path)))
  return router
}

/** The answer where no route and no page is. */
export const nothingHere: RequestHandler = () => {
  throw new AuthorityError('not-found', 'There is nothing here.')
}

/** Turns every failure into a problem document; the only place that does. What nobody expected is logged, without its message. */
export function problemReplies(issuer: string, logger: Logger): ErrorRequestHandler {
  return (error: unknown, _request, response, _next) => {
    const { requestId } = factsOf(response)
    const problem = problemOf(error, issuer, requestId)
    factsOf(response).code = problem.code
    if (expectedFailure(error) === undefined) logger.error({ requestId, ...errorForLog(error) }, 'unexpected failure')
    if (response.headersSent) response.destroy()
    else sendProblem(response, problem)
  }
}

function assertDistinct(names: readonly string[]): void {
  const twin = names.find((name, at) => names.indexOf(name) !== at)
  if (twin !== undefined) throw new Error(`Two routes are ${twin}.`)
}

function stepsOf<D>(run: RunDeps<D>, route: Route<D>): readonly RequestHandler[] {
  const opened = route.isCrossOrigin === true ? [crossOriginHeaders] : []
  const limited = route.perMinute === undefined ? [] : [limit(route.perMinute)]
  return [noteRoute(route), ...opened, requireSession(run, route), ...limited, runRoute(run, route)]
}

/** Addresses are counted in memory and never written anywhere. */
function limit(perMinute: number): RequestHandler {
  return rateLimit({
    windowMs: 60_000,
    limit: perMinute,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    keyGenerator: (request, response) => (response.locals['principal'] as { readonly id: string } | undefined)?.id ?? ipKeyGenerator(request.ip ?? ''),
    handler: () => {
      throw new AuthorityError('too-many-requests', 'Wait a minute and try again.')
    },
  })
}

function otherMethods<D>(routes: readonly Route<D>[]): RequestHandler {
  const methods = routes.flatMap((route) => (route.method === 'get' ? ['GET', 'HEAD'] : [route.method.toUpperCase()]))
  return (_request, response) => {
    response.set('allow', methods.join(', '))
    throw new AuthorityError('method-not-allowed', 'Another method is needed here.')
  }
}
