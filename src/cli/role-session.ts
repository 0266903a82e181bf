import { createApiClient } from '../device/api/api-client.ts'
import { createAuthorityApi } from '../device/api/authority-api.ts'
import type { Device } from '../device/device.ts'
import { type SoftwareCredential, softwarePasskey } from '../device/software-passkey.ts'
import { signIn } from '../device/sign-in.ts'
import { currentTrust, pinnedRoot, pinRoot } from '../device/trust/pinned-trust.ts'
import type { Wallet } from '../device/wallet/wallet.ts'
import { type CliContext, dataFolder } from './context.ts'
import { openProfile, type Profile, type ProfileParts, type ProfileSession, required } from './profile.ts'

/** One person at one terminal: the profile on disk and the device that it is. */
export interface RoleSession {
  readonly context: CliContext
  readonly profile: Profile
  readonly device: Device
  /** The profile's work, and a way to note what changes. */
  work(): Promise<ProfileParts['work']>
  note(change: ProfileParts['work']): Promise<void>
}

/** What every command of a role takes. */
export interface RoleOptions {
  readonly profile: string
  readonly issuer?: string | undefined
  readonly root?: string | undefined
}

const usualIssuer = 'http://localhost:8080'

/**
 * Opens a profile as a device. The root key is pinned the first time, and printed, so that it can be compared with what the authority publishes elsewhere.
 * @throws {AuthorityError} `statement-refused` if the authority now shows another root.
 */
export async function openRole(context: CliContext, options: RoleOptions): Promise<RoleSession> {
  const profile = await openProfile(dataFolder(context), options.profile)
  const known = await profile.read<ProfileParts['settings']>('settings')
  const issuer = options.issuer ?? known?.issuer ?? context.env['VOUCHSAFE_ISSUER'] ?? usualIssuer
  const authenticator = softwarePasskey((await profile.read<SoftwareCredential[]>('passkeys')) ?? [])
  const device: Device = {
    api: createAuthorityApi(createApiClient({ issuer, fetch: context.fetch })),
    authenticator: {
      get: (input) => authenticator.get(input),
      create: async (input) => {
        const registration = await authenticator.create(input)
        // A passkey that was registered and not kept would lock its owner out.
        await profile.write('passkeys', authenticator.credentials())
        return registration
      },
    },
    memory: profile.memory,
    clock: context.clock,
  }
  await meetAuthority(context, device, options.root)
  if (known?.issuer !== issuer) await profile.write('settings', { issuer })
  return {
    context,
    profile,
    device,
    work: async () => (await profile.read<ProfileParts['work']>('work')) ?? {},
    note: async (change) => profile.write('work', { ...(await profile.read<ProfileParts['work']>('work')), ...change }),
  }
}

async function meetAuthority(context: CliContext, device: Device, root: string | undefined): Promise<void> {
  const before = await pinnedRoot(device)
  if (before === undefined && root !== undefined) await pinRoot(device, root)
  await currentTrust(device)
  const pinned = await pinnedRoot(device)
  if (before === undefined)
    context.print(`Trusting root key ${pinned ?? ''}${root === undefined ? ' (first use: compare it with what the authority publishes elsewhere)' : ''}`)
}

/** The wallet of a profile that has joined, signed in. */
export async function openWalletOf(session: RoleSession): Promise<Wallet> {
  const { key, credentialId } = await required(session.profile, 'account', 'This profile has no account yet. Run: join')
  const trust = await currentTrust(session.device)
  await useSession(session, { principal: key.account, credentialId })
  return { ...session.device, trust, key, credentialId }
}

/** Signs in, or takes up the session of the last command if it is not over. */
export async function useSession({ device, profile, context }: RoleSession, who: { readonly principal: string; readonly credentialId: string }): Promise<void> {
  const held = await profile.read<ProfileSession>('session')
  if (held?.principal === who.principal && held.expiresAtSeconds > context.clock.nowSeconds() + 60) return device.api.client.useToken(held.token)
  const { token, principal, expiresAtSeconds } = await signIn(device, await currentTrust(device), who)
  await profile.write('session', { principal, token: token ?? '', expiresAtSeconds } satisfies ProfileSession)
}

/** Forgets a session that the authority no longer knows. */
export async function dropSession({ profile }: RoleSession): Promise<void> {
  await profile.write('session', { principal: '', token: '', expiresAtSeconds: 0 } satisfies ProfileSession)
}
