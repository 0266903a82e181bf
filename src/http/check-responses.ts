import { validate } from '../shared/validate.ts'
import type { ResponseDeclaration, Route, RouteReply } from './route.ts'

/**
 * Asserts that a reply is one that its route declares. Tests run with this on; the document at `/openapi.json` is then true.
 * @throws {Error} if status, media type or body differ from the declaration: a bug.
 */
export function checkReply<D>(route: Route<D>, reply: RouteReply): void {
  const declared = route.responses[reply.status]
  if (declared === undefined) throw new Error(`${route.operationId} does not declare ${String(reply.status)}.`)
  assertMediaType(route, declared, reply)
  assertBody(route, declared, reply)
}

function assertMediaType<D>(route: Route<D>, declared: ResponseDeclaration, reply: RouteReply): void {
  const types = typeof declared.mediaType === 'string' ? [declared.mediaType] : (declared.mediaType ?? [])
  if (reply.mediaType === undefined || types.includes(reply.mediaType)) return
  throw new Error(`${route.operationId} does not declare ${reply.mediaType}.`)
}

function assertBody<D>(route: Route<D>, declared: ResponseDeclaration, reply: RouteReply): void {
  const hasContent = reply.body !== undefined || reply.text !== undefined || reply.bytes !== undefined
  const declaresContent = declared.schema !== undefined || declared.mediaType !== undefined
  if (hasContent !== declaresContent)
    throw new Error(`${route.operationId} ${hasContent ? 'sends a body that it does not declare' : 'does not send the declared body'}.`)
  if (declared.schema === undefined) return
  const faults = validate(declared.schema, JSON.parse(JSON.stringify(reply.body ?? null)))
  if (faults.length > 0) throw new Error(`${route.operationId} answers what ${declared.schema} does not describe: ${JSON.stringify(faults)}`)
}
