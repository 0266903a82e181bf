import { compactVerify, importJWK } from 'jose'
import { fromBase64url } from '../../shared/base64url.ts'
import type { OwnKeyHeader } from '../../shared/contract/types.ts'
import { AuthorityError } from '../../shared/errors.ts'
import { validate } from '../../shared/validate.ts'

/** A JWS that brings its own public key, read but not verified. */
export interface OwnKeyJws {
  readonly text: string
  readonly header: OwnKeyHeader
  readonly payload: unknown
}

/**
 * Reads a compact JWS whose header is exactly `{alg, typ, jwk}`. Each part must be the one spelling of its bytes.
 * @throws {AuthorityError} `invalid-request`
 */
export function readOwnKeyJws(text: string, typ: OwnKeyHeader['typ']): OwnKeyJws {
  const parts = text.split('.').map(fromBase64url)
  const [header, payload] = [jsonOf(parts[0]), jsonOf(parts[1])]
  if (parts.length !== 3 || validate('credentials/own-key-header', header).length > 0 || (header as OwnKeyHeader).typ !== typ) {
    throw new AuthorityError('invalid-request', `This is not a compact JWS of type ${typ} with its own key.`)
  }
  return { text, header: header as OwnKeyHeader, payload }
}

/** Whether the key that a JWS brings has signed it. */
export async function isSignedByOwnKey({ text, header }: OwnKeyJws): Promise<boolean> {
  try {
    await compactVerify(text, await importJWK(header.jwk, header.alg), { algorithms: [header.alg] })
    return true
  } catch {
    return false
  }
}

function jsonOf(bytes: Uint8Array | undefined): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown
  } catch {
    throw new AuthorityError('invalid-request', 'A part of the JWS is not JSON.')
  }
}
