import type { Issuer } from './issuer.ts'
import type { Remembered } from './remembered.ts'
import type { StatusList } from './status-list.ts'
import type { Trust } from './trust-file.ts'

/** The moment of a check, and the oldest word of the authority that still counts then. */
export interface Freshness {
  /** Unix time in whole seconds. */
  readonly nowSeconds: number
  readonly maxAgeSeconds: number
}

/**
 * What an authority says about its keys and its attestations, by network or from a file. Everything that it returns is verified.
 * Make one and keep it: it caches keys and lists, and it remembers how far the authority had got, so that nobody can turn it back.
 */
export interface Authority {
  readonly issuer: Issuer
  /** @throws {VerificationError} `trust-…` or `bundle-…` */
  trust(at: Freshness): Promise<Trust>
  /**
   * @param uri must be one of the issuer's own.
   * @throws {VerificationError} `status-…`, `trust-…` or `bundle-…`
   */
  statusList(uri: string, at: Freshness): Promise<StatusList>
  /** What to keep for the next start, and to hand back as `remembered`. */
  remembered(): Remembered
}
