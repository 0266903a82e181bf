import type { ConsentStatement, OpeningReply } from '../../shared/contract/types.ts'
import { fromBase64url } from '../../shared/base64url.ts'
import { canonicalJson } from '../../shared/canonical-json.ts'
import { consentHash, evidenceHash } from '../../shared/evidence.ts'
import { sha256Hex } from '../../shared/hash.ts'
import { webauthnScope } from '../../shared/trust.ts'
import { assertSignedBy, passkeyThumbprint } from '../../shared/verify-assertion.ts'
import { DeviceError } from '../device-error.ts'
import { recipientOf } from '../seal/age.ts'
import type { Console } from './console.ts'

/**
 * Checks, before anything is opened, that the person consented to exactly this: these files, this round, this reviewer and key, until a time that is not over.
 * @throws {AuthorityError} `statement-refused` if the consent is not signed by the passkey that the evidence names.
 * @throws {DeviceError} `consent-refused` if it is a consent to something else.
 */
export async function assertConsented(console: Console, reply: OpeningReply): Promise<void> {
  const { statement } = reply.consent
  await assertSignedBy(webauthnScope(console.trust), reply.passkey, reply.consent)
  assertSameEvidence(reply, statement)
  assertFrame(console, reply, statement)
  const recipient = await recipientOf(console.secrets.identity)
  const isForMe = statement.panel.some((member) => member.reviewer === console.secrets.reviewer && member.recipient === recipient)
  const wrap = statement.wraps.find(({ reviewer }) => reviewer === console.secrets.reviewer)
  if (!isForMe || wrap?.sha256 !== sha256Hex(fromBase64url(reply.sealedWrap))) throw refused('The person did not consent to your opening this.')
}

function assertSameEvidence(reply: OpeningReply, statement: ConsentStatement): void {
  const { evidence } = statement
  const isSame =
    canonicalJson(evidence) === canonicalJson(reply.evidence) &&
    [reply.evidenceHash, statement.evidenceHash].every((hash) => hash === evidenceHash(evidence)) &&
    statement.consentHash === consentHash(statement) &&
    evidence.passkeyThumbprint === passkeyThumbprint(reply.passkey)
  if (!isSame) throw refused('The consent is to other evidence than the authority shows.')
}

function assertFrame({ trust, clock }: Console, reply: OpeningReply, statement: ConsentStatement): void {
  const { evidence, subject, subjectVersion, deadlineSeconds, issuer, environment } = statement
  const isThisCase = subject === reply.case && evidence.case === reply.case && subjectVersion === reply.round && evidence.round === reply.round
  const kind: string = statement.kind
  const isHere = kind === 'consent' && issuer === trust.issuer && environment === trust.environment && deadlineSeconds > clock.nowSeconds()
  if (!isThisCase || !isHere) throw refused('The consent is to another case, another round, or its time is over.')
}

function refused(message: string): DeviceError {
  return new DeviceError('consent-refused', message)
}
