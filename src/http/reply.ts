import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Response } from 'express'
import type { Route, RouteReply } from './route.ts'
import { type Problem, problemMediaType } from './problem.ts'

/** Sends what a handler answered. Nothing is kept by caches unless the handler says so. */
export async function sendReply<D>(response: Response, route: Route<D>, reply: RouteReply): Promise<void> {
  response.status(reply.status).set('cache-control', 'no-store')
  for (const [name, value] of Object.entries(reply.headers ?? {})) response.set(name, typeof value === 'string' ? value : [...value])
  const content = contentOf(reply)
  if (content === undefined) return void response.end()
  response.set('content-type', mediaTypeOf(route, reply))
  if (typeof content === 'string' || content instanceof Uint8Array) return void response.send(Buffer.from(content))
  await sendStream(response, content)
}

/** Sends a problem document. */
export function sendProblem(response: Response, problem: Problem): void {
  response.status(problem.status).set('cache-control', 'no-store').set('content-type', problemMediaType)
  if (problem.status === 401) response.set('www-authenticate', 'Bearer')
  response.send(Buffer.from(JSON.stringify(problem)))
}

function contentOf(reply: RouteReply): string | Uint8Array | AsyncIterable<Uint8Array> | undefined {
  return reply.bytes ?? reply.text ?? (reply.body === undefined ? undefined : JSON.stringify(reply.body))
}

function mediaTypeOf<D>(route: Route<D>, reply: RouteReply): string {
  const declared = route.responses[reply.status]?.mediaType
  return reply.mediaType ?? (typeof declared === 'string' ? declared : declared?.[0]) ?? 'application/json'
}

async function sendStream(response: Response, content: AsyncIterable<Uint8Array>): Promise<void> {
  if (response.req.method === 'HEAD') return void response.end()
  await pipeline(Readable.from(content), response)
}
