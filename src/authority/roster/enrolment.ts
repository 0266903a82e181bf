import { toBase64url } from '../../shared/base64url.ts'
import { canonicalJson } from '../../shared/canonical-json.ts'
import type { EnrolmentInvitationReply, EnrolmentPage, EnrolmentRecord, EnrolmentReply, EnrolmentRequest } from '../../shared/contract/types.ts'
import { AuthorityError } from '../../shared/errors.ts'
import { labelledHashBase64url } from '../../shared/hash.ts'
import { derivedId, newId } from '../../shared/ids.ts'
import { registeredPasskey } from '../../shared/verify-assertion.ts'
import type { Cursor } from '../../storage/collection.ts'
import { assertFrame } from '../accounts/index.ts'
import { change } from '../act.ts'
import type { RosterDeps } from './deps.ts'

const lifeSeconds = 7 * 86_400

const hashOfSecret = (secret: string): string => labelledHashBase64url('vouchsafe/enrolment-secret/v1', secret)

/** Invites somebody of an organisation to become a reviewer. The secret goes into the link and is not kept. */
export async function inviteReviewer({ enrolments, clock, random }: RosterDeps, operator: string, organisation: string): Promise<EnrolmentInvitationReply> {
  const secret = toBase64url(random(32))
  const enrolment = newId('enrolment', random)
  const expiresAtSeconds = clock.nowSeconds() + lifeSeconds
  await enrolments.insert({ id: enrolment, state: 'invited', secretHash: hashOfSecret(secret), organisation, operator, expiresAtSeconds })
  return { enrolment, secret, expiresAtSeconds }
}

/**
 * A person with the link asks to be a reviewer. It is a request only: nothing counts before an operator's signed roster statement.
 * @throws {AuthorityError} `enrolment-not-usable`, `statement-refused`, `statement-expired`
 */
export async function requestEnrolment(
  deps: RosterDeps,
  account: string,
  enrolmentId: string,
  { secret, statement, registration }: EnrolmentRequest,
): Promise<EnrolmentReply> {
  assertFrame(deps, statement, { subject: enrolmentId, subjectVersion: 0 })
  if (statement.account !== account) throw new AuthorityError('statement-refused', 'The request is about another account.')
  const passkey = await registeredPasskey(deps.scope, registration, statement)
  const request = { reviewer: derivedId('reviewer', enrolmentId), account, passkey, recipient: statement.recipient }
  const changed = await change(deps, deps.enrolments, enrolmentId, (current) => {
    const isOpened = current && current.secretHash === hashOfSecret(secret) && current.expiresAtSeconds > deps.clock.nowSeconds()
    // The answer may have been lost, and the same request come again.
    if (isOpened && current.state === 'requested' && canonicalJson(current.request) === canonicalJson(request)) return current
    if (!isOpened || current.state !== 'invited') throw new AuthorityError('enrolment-not-usable', 'This enrolment link cannot be used.')
    return { ...current, state: 'requested' as const, request }
  })
  return replyOf(changed)
}

/** Enrolments as operators see them. */
export async function listEnrolments({ enrolments }: RosterDeps, cursor: Cursor | undefined): Promise<EnrolmentPage> {
  const page = await enrolments.page('expiry', [], cursor, 100)
  return { data: page.data.map(replyOf), ...(page.next && { next: page.next }) }
}

function replyOf({ id, state, organisation, expiresAtSeconds, request }: EnrolmentRecord): EnrolmentReply {
  return { enrolment: id, state, organisation, expiresAtSeconds, ...(request && { request }) }
}
