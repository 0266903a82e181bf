import type { Assertion } from './contract/types.ts'
import { toBase64url } from './base64url.ts'
import { labelledHash } from './hash.ts'
import { labels, statementLabel } from './labels.ts'

/** What every statement carries, whatever it says. `id` is its act id and is used once. */
export interface StatementFrame {
  readonly kind: string
  readonly issuer: string
  readonly environment: 'test' | 'production'
  readonly id: string
  readonly issuedAtSeconds: number
  readonly subject: string
  readonly subjectVersion: number
}

/** A statement and the user-verified assertion whose challenge is its hash. */
export interface Signed<S extends StatementFrame> {
  readonly statement: S
  readonly assertion: Assertion
}

/**
 * The WebAuthn challenge of a statement, computed by whoever signs or checks it, never taken from the other side.
 * @returns 32 bytes, SHA-256(label ‖ 0x00 ‖ JCS(statement)).
 * @see docs/protocol/statements.md
 */
export function statementChallenge(statement: StatementFrame): Uint8Array<ArrayBuffer> {
  return labelledHash(statementLabel(statement.kind), statement)
}

/** The hash of a statement as base64url: what the log binds and what other statements refer to. */
export function statementHash(statement: StatementFrame): string {
  return toBase64url(statementChallenge(statement))
}

/**
 * What the registration of a further passkey signs: the frame of the way-in statement that will name it, which cannot hold the passkey yet.
 */
export function wayInRegistration({ issuer, environment, id, issuedAtSeconds, subject, subjectVersion }: Omit<StatementFrame, 'kind'>): StatementFrame {
  return { kind: 'way-in-registration', issuer, environment, id, issuedAtSeconds, subject, subjectVersion }
}

/** The WebAuthn challenge of a sign-in: it binds the nonce to this issuer. */
export function signInChallenge(issuer: string, nonce: string): Uint8Array<ArrayBuffer> {
  return labelledHash(labels.signIn, { issuer, nonce })
}
