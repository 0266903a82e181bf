import { AuthorityError } from '../shared/errors.ts'

/** The strong entity tag of a document's version. */
export function etagOf(version: number): string {
  return `"${String(version)}"`
}

/**
 * The version that an `If-Match` header names. Only one strong tag as `etagOf` writes it: a change is made to one known version.
 * @throws {AuthorityError} `precondition-required` without the header, `invalid-request` for any other form.
 */
export function versionOfIfMatch(header: string | undefined): number {
  if (header === undefined) throw new AuthorityError('precondition-required', 'Send the ETag that you read in If-Match.')
  const digits = /^"(0|[1-9][0-9]{0,14})"$/.exec(header)?.[1]
  if (digits === undefined) throw new AuthorityError('invalid-request', 'If-Match must be one ETag of this resource.')
  return Number(digits)
}
