import type { AuditLog } from '../../authority/audit/index.ts'
import { defineRoute } from '../route.ts'

/** What these routes call. */
export interface LogRouteDeps {
  readonly features: { readonly audit: AuditLog }
}

/** The public side of the log: checkpoints and proofs, never entries. */
export const logRoutes = [
  defineRoute({
    method: 'get',
    path: '/log/checkpoint',
    operationId: 'getCheckpoint',
    summary: 'The log’s signed checkpoint (C2SP tlog-checkpoint)',
    auth: 'public',
    isCrossOrigin: true,
    responses: { 200: { mediaType: 'text/plain; charset=utf-8' } },
    async handle(_request, { features }: LogRouteDeps) {
      await features.audit.catchUp()
      return { status: 200, text: await features.audit.checkpoint() }
    },
  }),
  defineRoute({
    method: 'get',
    path: '/v1/log/inclusion-proofs',
    operationId: 'getInclusionProof',
    summary: 'The audit path of a leaf (RFC 9162)',
    auth: 'public',
    isCrossOrigin: true,
    query: 'http/inclusion-proof-query',
    responses: { 200: { schema: 'http/inclusion-proof' } },
    handle: async ({ query }, { features }: LogRouteDeps) => ({ status: 200, body: await features.audit.inclusionProof(query.index, query.treeSize) }),
  }),
]
