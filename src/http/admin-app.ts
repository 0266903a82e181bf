import express, { type Express, type Response } from 'express'
import type { Registry } from 'prom-client'

/** What the operators' port tells. */
export interface AdminOptions {
  readonly registry: Registry
  /** The names of what is not ready, such as `store`; none means ready. */
  readonly notReady: () => Promise<readonly string[]>
}

/** The application of the second port: `/healthz` (the process lives), `/readyz` (it can serve), `/metrics`. Not for the public. */
export function createAdminApp({ registry, notReady }: AdminOptions): Express {
  const app = express()
  app.disable('x-powered-by')
  app.get('/healthz', (_request, response) => answer(response, 200, { status: 'ok' }))
  app.get('/readyz', async (_request, response) => {
    const waiting = await notReady().catch(() => ['check'])
    answer(response, waiting.length === 0 ? 200 : 503, { status: waiting.length === 0 ? 'ready' : 'not-ready', waiting })
  })
  app.get('/metrics', async (_request, response) => {
    response.set('content-type', registry.contentType).send(await registry.metrics())
  })
  return app
}

function answer(response: Response, status: number, body: object): void {
  response.status(status).set('cache-control', 'no-store').json(body)
}
