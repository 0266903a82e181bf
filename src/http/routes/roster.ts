import { changeRoster, inviteReviewer, listEnrolments, provenRoster, requestEnrolment, type RosterDeps } from '../../authority/roster/index.ts'
import { defineRoute } from '../route.ts'

/** What these routes call. */
export interface RosterRouteDeps {
  readonly features: RosterDeps
}

/** Reviewers: invited by link, rostered by an operator's signed statement alone. */
export const rosterRoutes = [
  defineRoute({
    method: 'post',
    path: '/v1/enrolments',
    operationId: 'inviteReviewer',
    summary: 'Invites a reviewer; the secret is told once',
    auth: 'operator',
    body: 'http/enrolment-invitation-request',
    responses: { 201: { schema: 'http/enrolment-invitation' } },
    handle: async ({ body, principal }, { features }: RosterRouteDeps) => ({
      status: 201,
      body: await inviteReviewer(features, principal.id, body.organisation),
    }),
  }),
  defineRoute({
    method: 'get',
    path: '/v1/enrolments',
    operationId: 'listEnrolments',
    summary: 'Invitations and the requests that came of them',
    auth: 'operator',
    query: 'http/page-query',
    responses: { 200: { schema: 'http/enrolment-page' } },
    handle: async ({ query }, { features }: RosterRouteDeps) => ({ status: 200, body: await listEnrolments(features, query.cursor) }),
  }),
  defineRoute({
    method: 'post',
    path: '/v1/enrolments/:enrolmentId/requests',
    operationId: 'requestEnrolment',
    summary: 'Asks to be a reviewer; gives no power yet',
    auth: 'account',
    body: 'http/enrolment-request',
    responses: { 201: { schema: 'http/enrolment' } },
    handle: async ({ params, body, principal }, { features }: RosterRouteDeps) => ({
      status: 201,
      body: await requestEnrolment(features, principal.id, params.enrolmentId, body),
    }),
  }),
  defineRoute({
    method: 'post',
    path: '/v1/roster-statements',
    operationId: 'changeRoster',
    summary: 'Changes the roster by an operator’s signed statement',
    auth: 'operator',
    body: 'http/roster-statement-request',
    responses: { 201: { schema: 'http/roster' } },
    handle: async ({ body }, { features }: RosterRouteDeps) => ({ status: 201, body: await changeRoster(features, body) }),
  }),
  defineRoute({
    method: 'get',
    path: '/v1/roster',
    operationId: 'getRoster',
    summary: 'The roster, with the statements and log proofs that devices check',
    auth: 'public',
    isCrossOrigin: true,
    responses: { 200: { schema: 'http/roster' } },
    handle: async (_request, { features }: RosterRouteDeps) => ({ status: 200, body: await provenRoster(features) }),
  }),
]
