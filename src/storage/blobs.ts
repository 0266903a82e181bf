/**
 * The name of sealed bytes: the account or case that keeps them, and the SHA-256 of what they are (64 lower-case hexadecimal digits).
 * Nobody can remove another's bytes by keeping the same ones.
 */
export type BlobName = `${string}/${string}`

/** The name of bytes that an account or a case keeps. */
export function blobName(owner: string, sha256Hex: string): BlobName {
  return `${owner}/${sha256Hex}`
}

/**
 * Sealed bytes under names that say what they are; any other name is refused with `invalid-request`. Nothing here can be opened by the authority.
 */
export interface BlobStore {
  /**
   * Stores a stream under its hash; storing what is there already is no error. Durable and whole when it resolves; never visible in part.
   * Rejects with `hash-mismatch` if the bytes have another hash, `body-too-large` beyond `maxSizeBytes`, `store-unavailable` in trouble;
   * then nothing new is there, but for trouble at the very end, which leaves it unknown. What the stream itself throws passes through.
   */
  put(name: BlobName, bytes: AsyncIterable<Uint8Array>, maxSizeBytes: number): Promise<{ readonly sizeBytes: number }>
  /** The bytes as a stream, or undefined if there are none. */
  get(name: BlobName): Promise<{ readonly sizeBytes: number; readonly bytes: AsyncIterable<Uint8Array> } | undefined>
  /** Size of what is stored, or undefined. */
  sizeBytes(name: BlobName): Promise<number | undefined>
  /** Removes it; removing what is gone is no error. */
  remove(name: BlobName): Promise<void>
  /** Names of all stored blobs. */
  list(): AsyncIterable<BlobName>
}
