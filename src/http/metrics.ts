import type { RequestHandler } from 'express'
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client'
import { factsOf } from './request-log.ts'

/** The process's metrics and the meter that counts requests into them. */
export interface Metrics {
  readonly registry: Registry
  readonly observe: RequestHandler
}

/** Makes the metrics. Labels are method, route pattern and status: nothing that tells one person from another. */
export function createMetrics(): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const duration = new Histogram({
    name: 'vouchsafe_http_request_duration_seconds',
    help: 'Time to answer a request',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: [0.005, 0.02, 0.1, 0.5, 2, 10],
    registers: [registry],
  })
  return { registry, observe: meter(duration) }
}

function meter(duration: Histogram<'method' | 'route' | 'status'>): RequestHandler {
  return (request, response, next) => {
    const stop = duration.startTimer({ method: request.method })
    response.once('finish', () => stop({ route: factsOf(response).route ?? 'none', status: response.statusCode }))
    next()
  }
}
