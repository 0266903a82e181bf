import type { SessionReply, TrustFile } from '../shared/contract/types.ts'
import { signInChallenge } from '../shared/statement.ts'
import { type Device, signingScope } from './device.ts'

/** Who signs in, and with which passkey; the authenticator chooses if none is named. */
export interface SignInAs {
  /** An account id or an operator id. */
  readonly principal: string
  readonly credentialId?: string
}

/**
 * Signs in: the passkey signs a challenge that binds the server's nonce to this issuer, so a nonce of another site's is worth nothing there.
 * The device's API client acts in the session from then on.
 * @throws {AuthorityProblem} `sign-in-failed`
 */
export async function signIn(device: Device, trust: TrustFile, { principal, credentialId }: SignInAs): Promise<SessionReply> {
  const { api, authenticator } = device
  const { nonce } = await api.signInChallenge()
  const challenge = signInChallenge(trust.issuer, nonce)
  const assertion = await authenticator.get({ ...signingScope(device, trust), challenge, ...(credentialId !== undefined && { credentialId }) })
  const session = await api.signIn({ principal, nonce, assertion, carrier: api.client.carrier })
  api.client.useToken(session.token)
  return session
}
