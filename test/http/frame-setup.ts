import type { RequestHandler } from 'express'
import { pino } from 'pino'
import { createApp } from '../../src/http/app.ts'
import type { Principal } from '../../src/http/route.ts'
import { sampleRoutes } from './frame-routes.ts'

export const issuer = 'http://localhost:8080'
export const accountToken = 'account-token-000000'
export const operatorToken = 'operator-token-00000'
export const caseId = `case_${'a'.repeat(26)}`
export const nonce = 'A'.repeat(43)

const principals: Readonly<Record<string, Principal>> = {
  [accountToken]: { kind: 'account', id: `account_${'a'.repeat(26)}`, session: 'one' },
  [operatorToken]: { kind: 'operator', id: `operator_${'a'.repeat(26)}`, session: 'two' },
}

/** The frame with the sample routes; `lines` is what was logged, `done` what handlers did. */
export function sampleApp(options: { readonly observe?: RequestHandler; readonly pagesFolder?: string } = {}) {
  const lines: string[] = []
  const done: unknown[] = []
  const logger = pino({ level: 'info' }, { write: (line: string) => void lines.push(line) })
  const authenticate = (token: string) => Promise.resolve(principals[token])
  const app = createApp({
    routes: sampleRoutes,
    deps: { done },
    issuer,
    authenticate,
    logger,
    checkReplies: true,
    ...options,
  })
  return { app, lines, done }
}
