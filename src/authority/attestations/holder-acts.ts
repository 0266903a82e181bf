import type { AttestationPage, AttestationRecord, AttestationReply, IssuanceKeyRequest, RevocationRequest } from '../../shared/contract/types.ts'
import { AuthorityError } from '../../shared/errors.ts'
import { statementHash } from '../../shared/statement.ts'
import type { Cursor } from '../../storage/collection.ts'
import { assertStatement, findAccount } from '../accounts/index.ts'
import { act, type Draft } from '../act.ts'
import type { AttestationsDeps } from './deps.ts'

const mostIssuanceKeys = 16

/** The attestations of this account, oldest first. */
export async function listAttestations({ attestations }: AttestationsDeps, account: string, cursor: Cursor | undefined): Promise<AttestationPage> {
  const page = await attestations.page('account', [account], cursor, 100)
  return { data: page.data.map(attestationReply), ...(page.next && { next: page.next }) }
}

/**
 * Authorises a device's key to ask for copies of an attestation.
 * @throws {AuthorityError} `not-found`, `attestation-not-valid`, `passkey-unknown`, `statement-refused`, `statement-expired`, `vault-full`
 */
export async function authoriseIssuanceKey(
  deps: AttestationsDeps,
  account: string,
  attestationId: string,
  { signed }: IssuanceKeyRequest,
): Promise<AttestationReply> {
  const { statement } = signed
  await assertHolderStatement(deps, account, attestationId, signed)
  const what = { kind: 'issuance-key', id: statement.id, detail: { statementHash: statementHash(statement) } }
  const changed = await act(deps, deps.attestations, attestationId, what, (current): Draft<AttestationRecord> => {
    if (current?.state !== 'valid') throw new AuthorityError('attestation-not-valid', 'The attestation is not valid now.')
    if (current.issuanceKeys.length >= mostIssuanceKeys) throw new AuthorityError('vault-full', 'An attestation has at most 16 issuance keys.')
    return { ...current, issuanceKeys: [...current.issuanceKeys, signed] }
  })
  return attestationReply(changed)
}

/**
 * Revokes an attestation by its holder's will, and with it every copy. Revoking what is revoked is no error.
 * @throws {AuthorityError} `not-found`, `passkey-unknown`, `statement-refused`, `statement-expired`
 */
export async function revoke(deps: AttestationsDeps, account: string, attestationId: string, { signed }: RevocationRequest): Promise<AttestationReply> {
  const { statement } = signed
  const before = await assertHolderStatement(deps, account, attestationId, signed)
  if (before.state === 'revoked') return attestationReply(before)
  const what = { kind: 'revocation', id: statement.id, detail: { statementHash: statementHash(statement), counters: countersOf(before) } }
  const revoked = await act(deps, deps.attestations, attestationId, what, (current = before): Draft<AttestationRecord> => ({
    ...current,
    state: 'revoked',
    revocation: current.revocation ?? signed,
    changedAtSeconds: deps.clock.nowSeconds(),
  }))
  deps.statusChanged()
  return attestationReply(revoked)
}

async function assertHolderStatement(
  deps: AttestationsDeps,
  account: string,
  id: string,
  signed: IssuanceKeyRequest['signed'] | RevocationRequest['signed'],
): Promise<AttestationRecord> {
  const found = await deps.attestations.get(id)
  if (found?.account !== account) throw new AuthorityError('not-found', 'There is no such attestation.')
  const { passkeys } = await findAccount(deps, account)
  await assertStatement(deps, passkeys, signed, { subject: id, subjectVersion: 0 })
  return found
}

/** The status counters of every copy: in the log they outlive any change of the row. */
export function countersOf({ batches }: Pick<AttestationRecord, 'batches'>): { readonly firstCounter: number; readonly count: number }[] {
  return batches.map(({ firstCounter, count }) => ({ firstCounter, count }))
}

/** An attestation as its holder sees it. */
function attestationReply({ id, state, policy, attestedAtSeconds, validUntilSeconds, issuanceKeys, batches }: AttestationRecord): AttestationReply {
  const liveCopies = batches.reduce((sum, { count }) => sum + count, 0)
  return { attestation: id, state, policy, attestedAtSeconds, validUntilSeconds, issuanceKeys: issuanceKeys.map(({ statement }) => statement.jwk), liveCopies }
}
