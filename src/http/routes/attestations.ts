import { type AttestationsDeps, authoriseIssuanceKey, listAttestations, revoke } from '../../authority/attestations/index.ts'
import { type IssueBatchDeps, issueBatch } from '../../authority/credentials/index.ts'
import { defineRoute } from '../route.ts'

/** What these routes call. */
export interface AttestationRouteDeps {
  readonly features: AttestationsDeps & IssueBatchDeps
}

/** What a holder does with an attestation. */
export const attestationRoutes = [
  defineRoute({
    method: 'get',
    path: '/v1/attestations',
    operationId: 'listAttestations',
    summary: 'The attestations of this account, oldest first',
    auth: 'account',
    query: 'http/page-query',
    responses: { 200: { schema: 'http/attestation-page' } },
    handle: async ({ principal, query }, { features }: AttestationRouteDeps) => ({
      status: 200,
      body: await listAttestations(features, principal.id, query.cursor),
    }),
  }),
  defineRoute({
    method: 'post',
    path: '/v1/attestations/:attestationId/issuance-keys',
    operationId: 'authoriseIssuanceKey',
    summary: 'Authorises a device to ask for copies',
    auth: 'account',
    body: 'http/issuance-key-request',
    responses: { 201: { schema: 'http/attestation' } },
    handle: async ({ params, body, principal }, { features }: AttestationRouteDeps) => ({
      status: 201,
      body: await authoriseIssuanceKey(features, principal.id, params.attestationId, body),
    }),
  }),
  defineRoute({
    method: 'post',
    path: '/v1/attestations/:attestationId/batches',
    operationId: 'issueBatch',
    summary: 'Signs a batch of copies, one for each holder key; a replay is refused',
    auth: 'account',
    body: 'http/batch-request',
    responses: { 201: { schema: 'http/batch' } },
    handle: async ({ params, body, principal }, { features }: AttestationRouteDeps) => ({
      status: 201,
      body: await issueBatch(features, { accountId: principal.id, attestationId: params.attestationId, requestJws: body.request }),
    }),
  }),
  defineRoute({
    method: 'post',
    path: '/v1/attestations/:attestationId/revocations',
    operationId: 'revoke',
    summary: 'Revokes an attestation and every copy of it',
    auth: 'account',
    body: 'http/revocation-request',
    responses: { 201: { schema: 'http/attestation' } },
    handle: async ({ params, body, principal }, { features }: AttestationRouteDeps) => ({
      status: 201,
      body: await revoke(features, principal.id, params.attestationId, body),
    }),
  }),
]
