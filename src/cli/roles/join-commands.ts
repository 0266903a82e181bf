import { readFile } from 'node:fs/promises'
import { join as joinPath, resolve } from 'node:path'
import { confirmKit } from '../../device/wallet/confirm-kit.ts'
import { join } from '../../device/wallet/join.ts'
import { recoverWithKit } from '../../device/wallet/recover-with-kit.ts'
import { kitText } from '../../device/vault/recovery-kit.ts'
import { CliError } from '../cli-error.ts'
import { requiredWord, type RoleCommands, textOption } from '../command.ts'
import { type ProfileAccount, writeWhole } from '../profile.ts'
import type { RoleSession } from '../role-session.ts'
import { readNamed } from './files.ts'

/** How an account begins and comes back; applicants and reviewers both begin so. */
export const joinCommands: RoleCommands = {
  join: {
    usage: 'join [--kit FILE]',
    help: 'make an account, a vault and a recovery kit',
    options: { kit: { type: 'string' } },
    run: async (session, args) => {
      if ((await session.profile.read('account')) !== undefined) throw new CliError('joined-already', 'This profile has an account already.')
      const { workFactor } = session.context
      const { wallet, passphrase, kit } = await join(session.device, { ...(workFactor !== undefined && { workFactor }) })
      await session.profile.write('account', { key: wallet.key, credentialId: wallet.credentialId } satisfies ProfileAccount)
      const kitPath = resolve(session.context.cwd, textOption(args, 'kit') ?? joinPath(session.profile.folder, 'recovery-kit.txt'))
      await writeWhole(kitPath, kitText(kit))
      await confirmKit(wallet, await readFile(kitPath, 'utf8'))
      return [
        `Joined as ${wallet.key.account}.`,
        `Passphrase of your vault (write it down; it is not shown again): ${passphrase}`,
        `Recovery kit: ${kitPath} (read back and found good; move it to a safe place)`,
      ]
    },
  },
  recover: {
    usage: 'recover KIT-FILE',
    help: 'get an account and its vault back on this device, with the recovery kit',
    run: async (session, args) => {
      if ((await session.profile.read('account')) !== undefined) throw new CliError('joined-already', 'This profile has an account already.')
      const text = new TextDecoder().decode(await readNamed(session.context, requiredWord(args, 0, 'the recovery kit’s file')))
      return recovered(session, text)
    },
  },
}

async function recovered({ device, profile }: RoleSession, kitText: string): Promise<string[]> {
  const wallet = await recoverWithKit(device, kitText)
  await profile.write('account', { key: wallet.key, credentialId: wallet.credentialId } satisfies ProfileAccount)
  return [`Back as ${wallet.key.account}, with a passkey of this device.`]
}
