import { createHash } from 'node:crypto'
import { AuthorityError } from '../shared/errors.ts'
import type { BlobName } from './blobs.ts'

/** What a stream of bytes is expected to be. */
export interface ExpectedBytes {
  readonly sha256Hex: string
  readonly maxSizeBytes: number
}

/**
 * Passes bytes on while it counts and hashes them, and throws at the end instead of ending if they are not what their name says.
 * A consumer that makes bytes visible only after the stream has ended can therefore never show wrong ones.
 * @throws {AuthorityError} `body-too-large`, `hash-mismatch`
 */
export async function* checkedBytes(bytes: AsyncIterable<Uint8Array>, { sha256Hex, maxSizeBytes }: ExpectedBytes): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256')
  let sizeBytes = 0
  for await (const chunk of bytes) {
    sizeBytes += chunk.length
    if (sizeBytes > maxSizeBytes) throw new AuthorityError('body-too-large', `At most ${maxSizeBytes} bytes are accepted here.`)
    hash.update(chunk)
    yield chunk
  }
  if (hash.digest('hex') !== sha256Hex) throw new AuthorityError('hash-mismatch', 'The bytes do not have the hash that names them.')
}

/** A blob's name in its parts. */
export interface BlobNameParts {
  readonly owner: string
  readonly sha256Hex: string
}

/**
 * Takes a name apart, and refuses any that is not an account's or case's id and a SHA-256 in lower-case hexadecimal, before it becomes part of a path or a query.
 * @throws {AuthorityError} `invalid-request`
 */
export function partsOfBlobName(name: BlobName): BlobNameParts {
  const [, owner, sha256Hex] = /^((?:account|case)_[a-z2-7]{26})\/([0-9a-f]{64})$/.exec(name) ?? []
  if (owner === undefined || sha256Hex === undefined) throw new AuthorityError('invalid-request', 'This is not the name of a sealed file.')
  return { owner, sha256Hex }
}
