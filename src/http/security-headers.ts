import type { RequestHandler } from 'express'
import helmet from 'helmet'

const nothing = { 'default-src': ["'none'"], 'frame-ancestors': ["'none'"], 'base-uri': ["'none'"], 'form-action': ["'none'"] }

const whatPagesNeed = {
  ...nothing,
  'script-src': ["'self'"],
  'style-src': ["'self'"],
  'img-src': ["'self'", 'blob:', 'data:'],
  'font-src': ["'self'"],
  'connect-src': ["'self'"],
  'worker-src': ["'self'"],
  'frame-src': ["'self'", 'blob:'],
  'manifest-src': ["'self'"],
}

/** Headers of everything that is not a page: nothing may be loaded, framed or opened. */
export const apiHeaders: RequestHandler = headers(nothing, 'same-origin')

/** Headers of a page: its own scripts and styles, and requests to this origin alone. */
export const pageHeaders: RequestHandler = headers(whatPagesNeed, 'same-origin')

/** Headers of `/present`, which must be able to answer the window that opened it. */
export const presentPageHeaders: RequestHandler = headers(whatPagesNeed, 'unsafe-none')

/** Lets any origin read this answer. */
export const crossOriginHeaders: RequestHandler = (_request, response, next) => {
  response.set('access-control-allow-origin', '*').set('cross-origin-resource-policy', 'cross-origin')
  next()
}

function headers(directives: Readonly<Record<string, readonly string[]>>, openerPolicy: 'same-origin' | 'unsafe-none'): RequestHandler {
  return helmet({
    contentSecurityPolicy: { useDefaults: false, directives: Object.fromEntries(Object.entries(directives).map(([name, values]) => [name, [...values]])) },
    crossOriginOpenerPolicy: { policy: openerPolicy },
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
  })
}
