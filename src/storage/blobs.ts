/**
 * Sealed bytes, named by the SHA-256 of what they are (64 lower-case hexadecimal digits); any other name is refused with `invalid-request`.
 * Nothing here can be opened by the authority.
 */
export interface BlobStore {
  /**
   * Stores a stream under its hash; storing what is there already is no error. Durable and whole when it resolves; never visible in part.
   * Rejects with `hash-mismatch` if the bytes have another hash, `body-too-large` beyond `maxSizeBytes`, `store-unavailable` in trouble;
   * then nothing new is there, but for trouble at the very end, which leaves it unknown. What the stream itself throws passes through.
   */
  put(sha256Hex: string, bytes: AsyncIterable<Uint8Array>, maxSizeBytes: number): Promise<{ readonly sizeBytes: number }>
  /** The bytes as a stream, or undefined if there are none. */
  get(sha256Hex: string): Promise<{ readonly sizeBytes: number; readonly bytes: AsyncIterable<Uint8Array> } | undefined>
  /** Size of what is stored, or undefined. */
  sizeBytes(sha256Hex: string): Promise<number | undefined>
  /** Removes it; removing what is gone is no error. */
  remove(sha256Hex: string): Promise<void>
  /** Names of all stored blobs. */
  list(): AsyncIterable<string>
}
