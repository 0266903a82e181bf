import type { ErrorRequestHandler, Response } from 'express'
import { isRefusal, policyCodes, verificationCodes } from '@vouchsafe/verify'

/** What this site refuses by itself; the rest are the codes of @vouchsafe/verify. */
const siteCodes = {
  'no-session': [401, 'Ask for a session first: POST /session'],
  'origin-refused': [403, 'Requests of other sites are not taken'],
  'invalid-request': [400, 'Send JSON: {"presentation": "…"}'],
  'body-too-large': [413, 'A presentation is not that long'],
  'nonce-used': [409, 'The nonce of this visit has been answered already'],
  'not-found': [404, 'There is nothing here'],
} as const satisfies Record<string, readonly [number, string]>

/** The name of a refusal that is the site's own. */
export type SiteCode = keyof typeof siteCodes

/** Refuses with a problem document (RFC 9457). */
export function refuse(response: Response, code: SiteCode): void {
  const [status, title] = siteCodes[code]
  problem(response, { status, title, code })
}

/** Answers what the handlers threw: a refusal of the verifier by its code, anything else without its message. */
export const answerFailure: ErrorRequestHandler = (error: unknown, _request, response, _next) => {
  if (isRefusal(error)) {
    const [verdict, title] = { ...verificationCodes, ...policyCodes }[error.code]
    return problem(response, { status: verdict === 'invalid' ? 403 : 503, title, code: error.code, verdict })
  }
  const { status } = (error ?? {}) as { readonly status?: unknown }
  if (status === 413) return refuse(response, 'body-too-large')
  if (typeof status === 'number' && status >= 400 && status < 500) return refuse(response, 'invalid-request')
  problem(response, { status: 500, title: 'Something went wrong here', code: 'internal-error' })
}

function problem(
  response: Response,
  { status, ...rest }: { readonly status: number; readonly title: string; readonly code: string; readonly verdict?: string },
): void {
  response
    .status(status)
    .type('application/problem+json')
    .send(JSON.stringify({ type: 'about:blank', status, ...rest }))
}
