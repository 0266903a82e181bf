import { deflateSync, gzipSync } from 'node:zlib'
import { toBase64url } from '../../shared/base64url.ts'

/** Places of one list, in both formats. */
export const placesPerList = 131_072

/** What a Token Status List says of a place. A place that is not marked is 0, valid. */
export type PlaceStatus = 1 | 2

/** The marked places of one list: 1 invalid, 2 suspended. */
export type MarkedPlaces = ReadonlyMap<number, PlaceStatus>

/**
 * The `lst` of a Token Status List with two bits a place: place i is in byte ⌊i/4⌋, the first place in the least significant bits; ZLIB, base64url.
 * @see draft-ietf-oauth-status-list, section 4
 */
export function encodeTokenStatusList(marked: MarkedPlaces): string {
  const bytes = new Uint8Array(placesPerList / 4)
  for (const [index, status] of marked) bytes[index >> 2] = (bytes[index >> 2] ?? 0) | (status << ((index & 3) * 2))
  return toBase64url(deflateSync(bytes, { level: 9 }))
}

/**
 * The `encodedList` of a Bitstring Status List: place i is in byte ⌊i/8⌋, the first place in the most significant bit; GZIP, multibase `u`.
 * The order is the opposite of the Token Status List's.
 * @see https://www.w3.org/TR/vc-bitstring-status-list/#bitstring-encoding
 */
export function encodeBitstring(marked: MarkedPlaces, status: PlaceStatus): string {
  const bytes = new Uint8Array(placesPerList / 8)
  for (const [index, of] of marked) if (of === status) bytes[index >> 3] = (bytes[index >> 3] ?? 0) | (0x80 >> (index & 7))
  return `u${toBase64url(gzipSync(bytes, { level: 9 }))}`
}
