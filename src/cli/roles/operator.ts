import { readdir, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { addToRoster, endReviewer } from '../../device/operator/change-roster.ts'
import { type Desk, inviteReviewer, listEnrolments } from '../../device/operator/desk.ts'
import { currentTrust } from '../../device/trust/pinned-trust.ts'
import { currentRoster } from '../../device/trust/verify-roster.ts'
import { softwarePasskey } from '../../device/software-passkey.ts'
import { CliError } from '../cli-error.ts'
import { type Arguments, requiredOption, requiredWord, type RoleCommands, textOption } from '../command.ts'
import { keysFolder } from '../context.ts'
import { type RoleSession, useSession } from '../role-session.ts'

const keyOption = { key: { type: 'string' } } as const

/** What an operator can do in a terminal. */
export const operatorCommands: RoleCommands = {
  invite: {
    usage: 'invite --organisation NAME [--key FILE]',
    help: 'make an enrolment link for a reviewer-to-be',
    options: { ...keyOption, organisation: { type: 'string' } },
    run: async (session, args) => {
      const { enrolment, link, expiresAtSeconds } = await inviteReviewer(await deskOf(session, args), requiredOption(args, 'organisation'))
      return [
        `Enrolment ${enrolment}, good until ${new Date(expiresAtSeconds * 1000).toISOString()}. Give this link to the reviewer, and to nobody else:`,
        link,
      ]
    },
  },
  enrolments: {
    usage: 'enrolments [--key FILE]',
    help: 'list invitations and the requests that came of them',
    options: keyOption,
    run: async (session, args) => {
      const enrolments = await listEnrolments(await deskOf(session, args))
      return enrolments.map(({ enrolment, state, organisation, request }) => `${enrolment} ${state} ${organisation} ${request?.reviewer ?? ''}`.trimEnd())
    },
  },
  admit: {
    usage: 'admit [ENROLMENT] [--key FILE]',
    help: 'sign a reviewer into the roster; the one who asked last unless you name an enrolment',
    options: keyOption,
    run: async (session, args) => {
      const desk = await deskOf(session, args)
      const requested = (await listEnrolments(desk)).filter(({ state, enrolment }) => state === 'requested' && (args.words[0] ?? enrolment) === enrolment)
      const enrolment = requested.at(-1)
      if (enrolment === undefined) throw new CliError('no-request', 'Nobody has asked to be admitted.')
      const { state } = await addToRoster(desk, enrolment)
      return [`Admitted ${enrolment.request?.reviewer ?? ''} of ${enrolment.organisation}: roster ${state.sequence}.`]
    },
  },
  end: {
    usage: 'end REVIEWER [--key FILE]',
    help: 'end a reviewer’s validity now',
    options: keyOption,
    run: async (session, args) => {
      const reviewer = requiredWord(args, 0, 'the reviewer')
      const { state } = await endReviewer(await deskOf(session, args), reviewer)
      return [`Ended ${reviewer}: roster ${state.sequence}.`]
    },
  },
  roster: {
    usage: 'roster',
    help: 'list the reviewers, each checked against statement and log',
    run: async ({ device, context }) => {
      const { state } = await currentRoster(device, await currentTrust(device))
      const now = context.clock.nowSeconds()
      const isValid = (from: number, to: number): string => (now < from ? 'not yet' : now < to ? 'valid' : 'ended')
      return state.entries.map((entry) => `${entry.reviewer} ${entry.organisation} ${isValid(entry.notBeforeSeconds, entry.notAfterSeconds)}`)
    },
  },
}

/** The private file of an operator's passkey, as `keys operator` writes it, and the authority's key generation for the demo. */
interface OperatorFile {
  readonly operator: string
  readonly credentialId: string
  readonly privateKeyJwk: { readonly d: string }
}

async function deskOf(session: RoleSession, args: Arguments): Promise<Desk> {
  const { operator, credentialId, privateKeyJwk } = await operatorFile(session, textOption(args, 'key'))
  const trust = await currentTrust(session.device)
  const authenticator = softwarePasskey([{ credentialId, rpId: trust.rpId, userHandle: operator, privateKey: privateKeyJwk.d }])
  const device = { ...session.device, authenticator }
  await useSession({ ...session, device }, { principal: operator, credentialId })
  return { ...device, trust, operator, credentialId }
}

async function operatorFile({ context }: RoleSession, named: string | undefined): Promise<OperatorFile> {
  const folder = join(keysFolder(context), 'operators')
  const first = named ?? (await readdir(folder).catch(() => [])).filter((name) => /(?<!\.public)\.json$/.test(name)).toSorted()[0]
  if (first === undefined) throw new CliError('no-operator-key', `There is no operator's key in ${folder}. Name one with --key.`)
  const path = named === undefined ? join(folder, first) : resolve(context.cwd, named)
  const text = await readFile(path, 'utf8').catch(() => {
    throw new CliError('no-operator-key', `The operator's key ${path} cannot be read.`)
  })
  return JSON.parse(text) as OperatorFile
}
