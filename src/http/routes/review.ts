import { claimCase, giveVerdict, openFiles, readCaseFile, reviewQueue, type ReviewDeps } from '../../authority/review/index.ts'
import { evaluateForCase, type UniquenessDeps } from '../../authority/uniqueness/index.ts'
import { defineRoute } from '../route.ts'

/** What these routes call. */
export interface ReviewRouteDeps {
  readonly features: ReviewDeps & UniquenessDeps
}

/** A case from the side of its reviewers. */
export const reviewRoutes = [
  defineRoute({
    method: 'get',
    path: '/v1/review/queue',
    operationId: 'reviewQueue',
    summary: 'Cases that this reviewer may claim, oldest first',
    auth: 'account',
    query: 'http/page-query',
    responses: { 200: { schema: 'http/review-queue' } },
    handle: async ({ principal, query }, { features }: ReviewRouteDeps) => ({ status: 200, body: await reviewQueue(features, principal.id, query.cursor) }),
  }),
  defineRoute({
    method: 'post',
    path: '/v1/cases/:caseId/leases',
    operationId: 'claimCase',
    summary: 'Claims a case for half an hour',
    auth: 'account',
    body: 'http/empty-request',
    responses: { 201: { schema: 'http/lease' } },
    handle: async ({ params, principal }, { features }: ReviewRouteDeps) => ({ status: 201, body: await claimCase(features, principal.id, params.caseId) }),
  }),
  defineRoute({
    method: 'post',
    path: '/v1/cases/:caseId/openings',
    operationId: 'openFiles',
    summary: 'Opens a claimed case; logged before anything sealed is given',
    auth: 'account',
    body: 'http/empty-request',
    responses: { 201: { schema: 'http/opening' } },
    handle: async ({ params, principal }, { features }: ReviewRouteDeps) => ({ status: 201, body: await openFiles(features, principal.id, params.caseId) }),
  }),
  defineRoute({
    method: 'get',
    path: '/v1/cases/:caseId/files/:sha256',
    operationId: 'readCaseFile',
    summary: 'A sealed file of an opened case',
    auth: 'account',
    responses: { 200: { mediaType: 'application/octet-stream' } },
    handle: async ({ params, principal }, { features }: ReviewRouteDeps) => ({
      status: 200,
      bytes: await readCaseFile(features, principal.id, params.caseId, params.sha256),
    }),
  }),
  defineRoute({
    method: 'post',
    path: '/v1/cases/:caseId/evaluations',
    operationId: 'evaluateForCase',
    summary: 'Evaluates blinded document numbers (RFC 9497)',
    auth: 'account',
    body: 'http/evaluation-request',
    responses: { 200: { schema: 'http/evaluation' } },
    handle: async ({ params, body, principal }, { features }: ReviewRouteDeps) => ({
      status: 200,
      body: await evaluateForCase(features, principal.id, params.caseId, body),
    }),
  }),
  defineRoute({
    method: 'post',
    path: '/v1/cases/:caseId/verdicts',
    operationId: 'giveVerdict',
    summary: 'A reviewer’s signed verdict',
    auth: 'account',
    body: 'http/verdict-request',
    responses: { 201: { schema: 'http/verdict' } },
    handle: async ({ params, body, principal }, { features }: ReviewRouteDeps) => ({
      status: 201,
      body: await giveVerdict(features, principal.id, params.caseId, body),
    }),
  }),
]
