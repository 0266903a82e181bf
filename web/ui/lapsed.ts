import { fromBase64url } from '../../src/shared/base64url.ts'
import type { Copy } from '../../src/device/wallet/copies.ts'

/** Whether a copy's own time is over, or so nearly that no site would take it. */
export function isLapsed({ credential }: Pick<Copy, 'credential'>, nowSeconds: number): boolean {
  const until = typeof credential === 'string' ? jwtExpiry(credential) : Date.parse(String(credential['validUntil'])) / 1000
  return !(until > nowSeconds + 30)
}

function jwtExpiry(token: string): number {
  const { exp } = JSON.parse(new TextDecoder().decode(fromBase64url(token.split('.')[1] ?? ''))) as { readonly exp?: number }
  return exp ?? 0
}
