import type { Passkey } from '../../shared/contract/types.ts'
import { AuthorityError } from '../../shared/errors.ts'
import type { Signed, StatementFrame } from '../../shared/statement.ts'
import { assertSignedBy } from '../../shared/verify-assertion.ts'
import type { Context } from '../context.ts'

const oldestSeconds = 600
const newestSeconds = 60

/** What a statement must be about to be taken here and now. */
export interface ExpectedFrame {
  readonly subject: string
  readonly subjectVersion: number
}

/**
 * Checks that a statement is meant for this authority, this subject in this version, and this time.
 * @throws {AuthorityError} `statement-refused`, `statement-expired`, `stale-version`
 */
export function assertFrame(
  { issuer, environment, clock }: Pick<Context, 'issuer' | 'environment' | 'clock'>,
  statement: StatementFrame,
  expected: ExpectedFrame,
): void {
  if (statement.issuer !== issuer || statement.environment !== environment || statement.subject !== expected.subject) {
    throw new AuthorityError('statement-refused', 'The statement is about something else.')
  }
  if (statement.subjectVersion !== expected.subjectVersion) throw new AuthorityError('stale-version', 'The statement is about another version of its subject.')
  const ageSeconds = clock.nowSeconds() - statement.issuedAtSeconds
  if (ageSeconds > oldestSeconds || ageSeconds < -newestSeconds) throw new AuthorityError('statement-expired', 'The statement was not made just now.')
}

/**
 * Checks frame and signature of a statement that one of these passkeys must have made.
 * @returns the passkey that signed.
 * @throws {AuthorityError} `passkey-unknown`, and as `assertFrame` and `assertSignedBy`.
 */
export async function assertStatement<P extends Passkey>(
  context: Context,
  passkeys: readonly P[],
  signed: Signed<StatementFrame>,
  expected: ExpectedFrame,
): Promise<P> {
  assertFrame(context, signed.statement, expected)
  const passkey = passkeys.find((known) => known.credentialId === signed.assertion.credentialId)
  if (!passkey) throw new AuthorityError('passkey-unknown', 'This passkey is not registered for this act.')
  await assertSignedBy(context.scope, passkey, signed)
  return passkey
}
