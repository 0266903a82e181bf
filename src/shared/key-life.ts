import type { TrustFile } from './contract/types.ts'

/** What a key is said to have signed, and when. */
export interface SignedAt {
  /** The date in what was signed; `NaN` is in no key's life. */
  readonly signedAtSeconds: number
  readonly nowSeconds: number
}

const clockSkewSeconds = 60

/**
 * Whether a key may have signed something of that date. A credential is dated to the Monday of its week, which may be before its key began:
 * so the beginning is compared with now, the end with the date.
 * @see docs/protocol/trust.md, "Keys"
 */
export function isWithinLife({ notBeforeSeconds, notAfterSeconds = Infinity }: TrustFile['keys'][number], { signedAtSeconds, nowSeconds }: SignedAt): boolean {
  return notBeforeSeconds <= nowSeconds + clockSkewSeconds && signedAtSeconds <= notAfterSeconds
}
