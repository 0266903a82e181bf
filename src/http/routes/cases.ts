import {
  caseReply,
  type CasesDeps,
  consent,
  largestFileBytes,
  listCases,
  openCase,
  readCase,
  revealNonce,
  uploadFile,
  withdraw,
} from '../../authority/cases/index.ts'
import { defineRoute } from '../route.ts'

/** What these routes call. */
export interface CaseRouteDeps {
  readonly features: CasesDeps
}

/** A case from the side of the person whom it is about. */
export const caseRoutes = [
  defineRoute({
    method: 'post',
    path: '/v1/cases',
    operationId: 'openCase',
    summary: 'Opens a case with the hash of a nonce',
    auth: 'account',
    body: 'http/open-case-request',
    requires: ['idempotencyKey'],
    responses: { 201: { schema: 'http/case' } },
    async handle({ body, principal, idempotencyKey }, { features }: CaseRouteDeps) {
      const opened = await openCase(features, { account: principal.id, idempotencyKey, ...body })
      return { status: 201, body: await caseReply(features, opened) }
    },
  }),
  defineRoute({
    method: 'get',
    path: '/v1/cases',
    operationId: 'listCases',
    summary: 'The cases of this account, oldest first',
    auth: 'account',
    query: 'http/page-query',
    responses: { 200: { schema: 'http/case-page' } },
    handle: async ({ principal, query }, { features }: CaseRouteDeps) => ({ status: 200, body: await listCases(features, principal.id, query.cursor) }),
  }),
  defineRoute({
    method: 'get',
    path: '/v1/cases/:caseId',
    operationId: 'getCase',
    summary: 'A case; it looks the same with no, one or two verdicts in an open round',
    auth: 'account',
    responses: { 200: { schema: 'http/case' } },
    handle: async ({ params, principal }, { features }: CaseRouteDeps) => ({ status: 200, body: await readCase(features, principal.id, params.caseId) }),
  }),
  defineRoute({
    method: 'post',
    path: '/v1/cases/:caseId/nonce',
    operationId: 'revealNonce',
    summary: 'Reveals the nonce; the panel and the code follow from it',
    auth: 'account',
    body: 'http/reveal-nonce-request',
    responses: { 200: { schema: 'http/case' } },
    async handle({ params, body, principal }, { features }: CaseRouteDeps) {
      const drawn = await revealNonce(features, { account: principal.id, caseId: params.caseId, nonce: body.nonce })
      return { status: 200, body: await caseReply(features, drawn) }
    },
  }),
  defineRoute({
    method: 'put',
    path: '/v1/cases/:caseId/files/:sha256',
    operationId: 'uploadFile',
    summary: 'Keeps a file sealed for this case',
    auth: 'account',
    body: 'sealed-bytes',
    maxSizeBytes: largestFileBytes,
    responses: { 201: { schema: 'http/upload' } },
    handle: async ({ params, bytes, principal }, { features }: CaseRouteDeps) => ({
      status: 201,
      body: await uploadFile(features, principal.id, params.caseId, params.sha256, bytes),
    }),
  }),
  defineRoute({
    method: 'post',
    path: '/v1/cases/:caseId/consents',
    operationId: 'consent',
    summary: 'Opens the named files to the named reviewers, by the person’s signature',
    auth: 'account',
    body: 'http/consent-request',
    maxSizeBytes: 700_000,
    responses: { 201: { schema: 'http/case' } },
    async handle({ params, body, principal }, { features }: CaseRouteDeps) {
      const consented = await consent(features, principal.id, params.caseId, body)
      return { status: 201, body: await caseReply(features, consented) }
    },
  }),
  defineRoute({
    method: 'post',
    path: '/v1/cases/:caseId/withdrawals',
    operationId: 'withdraw',
    summary: 'Ends the case by the person’s will',
    auth: 'account',
    body: 'http/withdrawal-request',
    responses: { 201: { schema: 'http/case' } },
    async handle({ params, body, principal }, { features }: CaseRouteDeps) {
      const withdrawn = await withdraw(features, principal.id, params.caseId, body)
      return { status: 201, body: await caseReply(features, withdrawn) }
    },
  }),
]
