import canonicalizeModule from 'canonicalize'
import { AuthorityError } from './errors.ts'

// The package is CommonJS, and its types do not say so.
const canonicalize = canonicalizeModule as unknown as (value: unknown) => string | undefined

/** A value that JSON can carry without loss. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json }

/**
 * The one canonical text of a JSON value (RFC 8785, JCS).
 * @throws {AuthorityError} `invalid-request` for what JSON cannot carry: `undefined`, NaN, lone surrogates.
 */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value)
  if (text === undefined || !text.isWellFormed()) throw new AuthorityError('invalid-request', 'This value has no canonical JSON.')
  return text
}
