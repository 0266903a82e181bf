import { bytesToHex } from '@noble/hashes/utils'
import type { RosterEntry } from './contract/types.ts'
import { toBase64url } from './base64url.ts'
import { labelledHash, labelledHashBase64url } from './hash.ts'
import { labels } from './labels.ts'

/** How many reviewers a panel starts with. */
export const panelSize = 3
/** The fewest reviewers with whom a case can be reviewed. */
export const smallestPanel = 2

/** What the draw is made from. Neither side alone can choose it: the person committed to `nonce` before the log gave the tree. */
export interface DrawInput {
  readonly case: string
  readonly nonce: string
  readonly rosterHash: string
  readonly treeSize: number
  readonly rootHash: string
}

/** The hash by which a person commits to a nonce before it is revealed. */
export function caseNonceHash(nonce: string): string {
  return labelledHashBase64url(labels.caseNonce, nonce)
}

/** The seed of a draw: 32 bytes, recomputable by anyone. */
export function drawSeed({ case: caseId, nonce, rosterHash, treeSize, rootHash }: DrawInput): Uint8Array<ArrayBuffer> {
  return labelledHash(labels.draw, { case: caseId, nonce, rosterHash, treeSize, rootHash })
}

/** Reviewers in the order of the draw: by SHA-256(label ‖ 0x00 ‖ JCS({reviewer, seed})), lowest first. */
export function rankReviewers(seed: Uint8Array, reviewers: readonly string[]): string[] {
  const rank = (reviewer: string): string => bytesToHex(labelledHash(labels.rank, { seed: toBase64url(seed), reviewer }))
  return reviewers
    .map((reviewer) => ({ reviewer, rank: rank(reviewer) }))
    .toSorted((a, b) => (a.rank < b.rank ? -1 : 1))
    .map(({ reviewer }) => reviewer)
}

/** Reviewers who may be drawn at a time: their entry is valid, and the case is not their own. */
export function eligibleReviewers(entries: readonly RosterEntry[], applicantAccount: string, atSeconds: number): string[] {
  return entries
    .filter((entry) => entry.notBeforeSeconds <= atSeconds && atSeconds < entry.notAfterSeconds && entry.account !== applicantAccount)
    .map((entry) => entry.reviewer)
}

const codeAlphabet = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'

/** The code that the person writes by hand beside the document, such as `7KQ-M2X`: it ties the selfie to this case. */
export function caseCode(seed: Uint8Array): string {
  const bytes = labelledHash(labels.caseCode, toBase64url(seed))
  const letters = [...bytes.subarray(0, 6)].map((byte) => codeAlphabet[byte % codeAlphabet.length])
  return `${letters.slice(0, 3).join('')}-${letters.slice(3).join('')}`
}
