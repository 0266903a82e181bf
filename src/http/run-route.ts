import type { Request, RequestHandler, Response } from 'express'
import { AuthorityError } from '../shared/errors.ts'
import { checkReply } from './check-responses.ts'
import { sendReply } from './reply.ts'
import { readBody } from './request-body.ts'
import { factsOf } from './request-log.ts'
import { conditionalHeaders, pathParams, queryOf } from './request-parts.ts'
import type { Route } from './route.ts'
import { type Authenticate, signedIn } from './session-carrier.ts'

/** What running a route needs beside the route. */
export interface RunDeps<D> {
  readonly deps: D
  readonly authenticate: Authenticate
  readonly issuerOrigin: string
  readonly checkReplies: boolean
}

/** Notes which route a request met, for the log. */
export function noteRoute<D>(route: Route<D>): RequestHandler {
  return (_request, response, next) => {
    factsOf(response).route = route.path
    next()
  }
}

/** Finds who is asking, before anything else of the request is looked at. */
export function requireSession<D>(run: RunDeps<D>, route: Route<D>): RequestHandler {
  return async (request, response, next) => {
    const { method } = request
    const headers = { method, cookie: request.get('cookie'), authorization: request.get('authorization'), origin: request.get('origin') }
    response.locals['principal'] = await signedIn(run.authenticate, route.auth, headers, run.issuerOrigin)
    next()
  }
}

/** Runs a route: parse what it declares, call its handler, reply. Failures go to the problem handler. */
export function runRoute<D>(run: RunDeps<D>, route: Route<D>): RequestHandler {
  return async (request, response) => {
    const parsed = await parsedRequest(request, response, route)
    const reply = await route.handle(parsed as never, run.deps)
    if (run.checkReplies) checkReply(route, reply)
    await sendReply(response, route, reply)
  }
}

async function parsedRequest<D>(request: Request, response: Response, route: Route<D>) {
  const params = pathParams(request)
  const query = queryOf(request, route.query)
  const headers = conditionalHeaders(request, route.requires ?? [])
  const body = await readBody(request, response, route)
  const { principal } = response.locals as { readonly principal: unknown }
  const { requestId } = factsOf(response)
  return {
    params,
    query,
    ...headers,
    ...body,
    principal,
    requestId,
    origin: request.get('origin'),
    preferredType: (types: readonly string[]) => preferredType(request, types),
  }
}

function preferredType(request: Request, mediaTypes: readonly string[]): string {
  const best = request.accepts([...mediaTypes])
  if (best === false) throw new AuthorityError('not-acceptable', `This is there as ${mediaTypes.join(', ')}.`)
  return best
}
