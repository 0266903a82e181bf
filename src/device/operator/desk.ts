import type { EnrolmentReply, TrustFile } from '../../shared/contract/types.ts'
import type { Device } from '../device.ts'
import { signIn } from '../sign-in.ts'
import { currentTrust } from '../trust/pinned-trust.ts'
import { type EnrolmentLink, enrolmentLink } from '../console/enrol.ts'

/** An operator at work. */
export interface Desk extends Device {
  readonly trust: TrustFile
  readonly operator: string
  readonly credentialId: string
}

/** Signs an operator in, with a passkey that the trust file names. */
export async function openDesk(device: Device, { operator, credentialId }: Pick<Desk, 'operator' | 'credentialId'>): Promise<Desk> {
  const trust = await currentTrust(device)
  await signIn(device, trust, { principal: operator, credentialId })
  return { ...device, trust, operator, credentialId }
}

/** Invites somebody of an organisation to become a reviewer. The link makes a request, and gives no power. */
export async function inviteReviewer(
  { api, trust }: Desk,
  organisation: string,
): Promise<EnrolmentLink & { readonly link: string; readonly expiresAtSeconds: number }> {
  const { enrolment, secret, expiresAtSeconds } = await api.invite(organisation)
  return { enrolment, secret, expiresAtSeconds, link: enrolmentLink(trust.issuer, { enrolment, secret }) }
}

/** Invitations and the requests that came of them. */
export async function listEnrolments({ api }: Desk): Promise<readonly EnrolmentReply[]> {
  return (await api.enrolments()).data
}
