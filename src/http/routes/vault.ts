import { addWrap, keepItem, largestItemBytes, openVault, readItem, removeItem, removeWrap, replaceIndex, type VaultDeps } from '../../authority/vault/index.ts'
import type { VaultReply } from '../../shared/contract/types.ts'
import { etagOf } from '../etag.ts'
import { defineRoute, type RouteReply } from '../route.ts'

/** What these routes call. */
export interface VaultRouteDeps {
  readonly features: VaultDeps
}

/** The vault: ciphertext in, ciphertext out. */
export const vaultRoutes = [
  defineRoute({
    method: 'get',
    path: '/v1/vault',
    operationId: 'openVault',
    summary: 'The sealed index, the wraps and the names of the items',
    auth: 'account',
    responses: { 200: { schema: 'http/vault' } },
    handle: async ({ principal }, { features }: VaultRouteDeps) => vaultReply(200, await openVault(features, principal.id)),
  }),
  defineRoute({
    method: 'put',
    path: '/v1/vault/index',
    operationId: 'replaceVaultIndex',
    summary: 'Replaces the sealed index, if nobody else has since',
    auth: 'account',
    body: 'http/vault-index-request',
    maxSizeBytes: 4_400_000,
    requires: ['ifMatch'],
    responses: { 200: { schema: 'http/vault' } },
    handle: async ({ body, principal, ifMatch }, { features }: VaultRouteDeps) =>
      vaultReply(200, await replaceIndex(features, principal.id, ifMatch, body.sealedIndex)),
  }),
  defineRoute({
    method: 'post',
    path: '/v1/vault/wraps',
    operationId: 'addWrap',
    summary: 'Adds a wrap of the vault identity',
    auth: 'account',
    body: 'http/wrap-request',
    responses: { 201: { schema: 'http/vault' } },
    handle: async ({ body, principal }, { features }: VaultRouteDeps) => vaultReply(201, await addWrap(features, principal.id, body)),
  }),
  defineRoute({
    method: 'delete',
    path: '/v1/vault/wraps/:wrapId',
    operationId: 'removeWrap',
    summary: 'Removes a wrap, but never the last',
    auth: 'account',
    responses: { 204: {} },
    async handle({ params, principal }, { features }: VaultRouteDeps) {
      await removeWrap(features, principal.id, params.wrapId)
      return { status: 204 }
    },
  }),
  defineRoute({
    method: 'put',
    path: '/v1/vault/items/:sha256',
    operationId: 'keepItem',
    summary: 'Keeps a sealed item under the hash of its ciphertext',
    auth: 'account',
    body: 'sealed-bytes',
    maxSizeBytes: largestItemBytes,
    responses: { 201: { schema: 'http/upload' } },
    handle: async ({ params, bytes, principal }, { features }: VaultRouteDeps) => ({
      status: 201,
      body: await keepItem(features, principal.id, params.sha256, bytes),
    }),
  }),
  defineRoute({
    method: 'get',
    path: '/v1/vault/items/:sha256',
    operationId: 'readItem',
    summary: 'A sealed item',
    auth: 'account',
    responses: { 200: { mediaType: 'application/octet-stream' } },
    handle: async ({ params, principal }, { features }: VaultRouteDeps) => ({ status: 200, bytes: await readItem(features, principal.id, params.sha256) }),
  }),
  defineRoute({
    method: 'delete',
    path: '/v1/vault/items/:sha256',
    operationId: 'removeItem',
    summary: 'Removes a sealed item',
    auth: 'account',
    responses: { 204: {} },
    async handle({ params, principal }, { features }: VaultRouteDeps) {
      await removeItem(features, principal.id, params.sha256)
      return { status: 204 }
    },
  }),
]

function vaultReply(status: number, vault: VaultReply): RouteReply {
  return { status, body: vault, headers: { etag: etagOf(vault.counter) } }
}
