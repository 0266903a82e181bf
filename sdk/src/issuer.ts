/** An authority's names: its origin, and the did:web that its credentials carry. */
export interface Issuer {
  /** Origin without a slash at its end. */
  readonly url: string
  readonly did: string
}

/**
 * The names of the authority at this origin.
 * @throws {TypeError} unless it is an http or https origin, spelled as browsers spell it.
 */
export function issuerAt(url: string): Issuer {
  const parsed = URL.canParse(url) ? new URL(url) : undefined
  if (parsed?.origin !== url || !/^https?:$/.test(parsed.protocol)) throw new TypeError('issuer must be the origin of an authority, such as https://id.example')
  return { url, did: `did:web:${parsed.host.replace(':', '%3A')}` }
}

/** The id of a Token Status List of this issuer, or `undefined` if the URL is not the issuer's own, in its own form. */
export function statusListId(issuer: Issuer, uri: string): string | undefined {
  const prefix = `${issuer.url}/status/tsl/`
  const id = uri.startsWith(prefix) ? uri.slice(prefix.length) : ''
  return /^[A-Za-z0-9_-]{1,64}$/.test(id) ? id : undefined
}
