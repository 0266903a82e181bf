import type { IncomingMessage, ServerResponse } from 'node:http'
import type { RequestHandler, Response } from 'express'
import type { Logger } from 'pino'
import { pinoHttp } from 'pino-http'

/** What the frame remembers of a request until its line is written. */
export interface RequestFacts {
  readonly requestId: string
  /** The route's pattern, never the URL: addresses hold ids. */
  route?: string
  code?: string
}

/** The facts of the request that this response answers. */
export function factsOf(response: Response): RequestFacts {
  return response.locals['facts'] as RequestFacts
}

/** Writes one line a request. The line is an allow-list: no address, referer, user agent, URL, query, header or body. */
export function requestLog(logger: Logger): RequestHandler {
  const line = (request: IncomingMessage, response: ServerResponse, value: unknown) => allowed(request, response as Response, value)
  return pinoHttp({
    logger,
    quietReqLogger: true,
    wrapSerializers: false,
    serializers: { req: () => undefined, res: () => undefined, err: () => undefined },
    customAttributeKeys: { reqId: 'requestId' },
    genReqId: (_request, response) => factsOf(response as Response).requestId,
    customSuccessObject: line,
    customErrorObject: (request, response, _error, value: unknown) => line(request, response, value),
    customSuccessMessage: () => 'request',
    customErrorMessage: () => 'request',
    customLogLevel: (_request, response, error) => (error !== undefined || response.statusCode >= 500 ? 'error' : 'info'),
  }) as RequestHandler
}

/** An error as the log may have it: its kind and where it happened. Its message may quote what a person sent. */
export function errorForLog(error: unknown): { readonly errorName: string; readonly stack: readonly string[] } {
  if (!isErrorLike(error)) return { errorName: typeof error, stack: [] }
  const lines = error.stack.replace(error.message, () => '').split('\n')
  return { errorName: error.name, stack: lines.map((line) => line.trim()).filter((line) => /^at .*(:\d+|<anonymous>)\)?$/.test(line)) }
}

function isErrorLike(error: unknown): error is { readonly name: string; readonly message: string; readonly stack: string } {
  const { name, message, stack } = (error ?? {}) as { readonly name?: unknown; readonly message?: unknown; readonly stack?: unknown }
  return [name, message, stack].every((part) => typeof part === 'string')
}

function allowed(request: IncomingMessage, response: Response, value: unknown) {
  const { route, code } = factsOf(response)
  const { responseTime } = value as { readonly responseTime?: number }
  return { method: request.method, route: route ?? 'none', status: response.statusCode, durationMs: responseTime, ...(code === undefined ? {} : { code }) }
}
