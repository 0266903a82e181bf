import { concatBytes, utf8ToBytes } from '@noble/hashes/utils'
import type { Tag } from './contract/types.ts'
import { canonicalJson } from './canonical-json.ts'
import { labels } from './labels.ts'

/** A numbered piece of evidence, as the person typed it. Personal data: it lives on devices and in sealed files only. */
export interface DocumentKey {
  readonly type: Tag['type']
  /** ICAO three-letter code of the issuing state. */
  readonly issuingState: string
  readonly number: string
}

/** The evidence types whose number makes a uniqueness tag. */
export const numberedTypes = ['passport', 'identity-card', 'driving-licence', 'national-id-number'] as const satisfies readonly Tag['type'][]

/**
 * The bytes that are evaluated blind: one spelling for each number, however it was typed.
 * Version 1: Unicode NFKC, upper case, everything but letters and digits dropped, then label ‖ 0x00 ‖ JCS([state, type, number]).
 * @see docs/protocol/uniqueness.md
 */
export function normalisedDocumentKey(key: DocumentKey): Uint8Array {
  const plain = (text: string): string =>
    text
      .normalize('NFKC')
      .toUpperCase()
      .replaceAll(/[^\p{L}\p{N}]/gu, '')
  return concatBytes(utf8ToBytes(labels.documentKey), Uint8Array.of(0), utf8ToBytes(canonicalJson([plain(key.issuingState), key.type, plain(key.number)])))
}
