import type { EnrolmentReply, EnrolmentRequestStatement } from '../../shared/contract/types.ts'
import { derivedId } from '../../shared/ids.ts'
import { statementChallenge } from '../../shared/statement.ts'
import { signingScope } from '../device.ts'
import { DeviceError } from '../device-error.ts'
import { newIdentity, recipientOf } from '../seal/age.ts'
import { framedStatement } from '../sign-statement.ts'
import { changeVault } from '../vault/vault-store.ts'
import { walletSigning, type Wallet } from '../wallet/wallet.ts'

/** What an enrolment link holds. The secret is in the fragment, which browsers do not send. */
export interface EnrolmentLink {
  readonly enrolment: string
  readonly secret: string
}

/** The link that an operator gives to a reviewer-to-be. */
export function enrolmentLink(issuer: string, { enrolment, secret }: EnrolmentLink): string {
  return `${issuer}/review#enrol=${enrolment}.${secret}`
}

/** Reads an enrolment link. @throws {DeviceError} `not-possible-now` */
export function parseEnrolmentLink(link: string): EnrolmentLink {
  const [, enrolment, secret] = /(enrolment_[a-z2-7]{26})\.([A-Za-z0-9_-]{43})$/.exec(link.trim()) ?? []
  if (enrolment === undefined || secret === undefined) throw new DeviceError('not-possible-now', 'This is not an enrolment link.')
  return { enrolment, secret }
}

/**
 * Asks to become a reviewer: makes the verdict passkey, apart from the one that signs in, and the key that cases will be sealed to.
 * It counts only once an operator has signed it into the roster.
 * @throws {AuthorityProblem} `enrolment-not-usable`
 */
export async function enrol(wallet: Wallet, link: EnrolmentLink): Promise<EnrolmentReply> {
  const identity = await newIdentity()
  const content = {
    kind: 'enrolment-request',
    subject: link.enrolment,
    subjectVersion: 0,
    account: wallet.key.account,
    recipient: await recipientOf(identity),
  } as const
  const statement = framedStatement<EnrolmentRequestStatement>(walletSigning(wallet), content)
  const userHandle = derivedId('reviewer', link.enrolment)
  const registration = await wallet.authenticator.create({ ...signingScope(wallet, wallet.trust), userHandle, challenge: statementChallenge(statement) })
  const secrets = { reviewer: userHandle, identity, verdictCredentialId: registration.credentialId }
  await changeVault(wallet, wallet.key, (index) => ({ ...index, reviewer: secrets }))
  return wallet.api.requestEnrolment(link.enrolment, { secret: link.secret, statement, registration })
}
