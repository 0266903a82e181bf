import { resolve } from 'node:path'
import type { AttestationReply } from '../../shared/contract/types.ts'
import { type Copy, copiesOf, copyFor } from '../../device/wallet/copies.ts'
import { presentDataIntegrity } from '../../device/present-data-integrity.ts'
import { present, type PresentationRequest } from '../../device/wallet/present.ts'
import { refillCredentials } from '../../device/wallet/refill-credentials.ts'
import { revoke } from '../../device/wallet/revoke.ts'
import type { Wallet } from '../../device/wallet/wallet.ts'
import { CliError, usageError } from '../cli-error.ts'
import { type Arguments, requiredOption, type RoleCommands, textOption } from '../command.ts'
import { writeWhole } from '../profile.ts'
import { openWalletOf, type RoleSession } from '../role-session.ts'

/** What a holder, who is an applicant with an attestation, can do in a terminal. */
export const holderCommands: RoleCommands = {
  credentials: {
    usage: 'credentials [--count N] [--format vc+jwt|data-integrity] [--out FILE]',
    help: 'get fresh copies of your credential; a site sees one copy and no two sites see the same',
    options: { count: { type: 'string' }, format: { type: 'string' }, out: { type: 'string' } },
    run: async (session, args) => {
      const wallet = await openWalletOf(session)
      const { attestation } = await validAttestation(wallet)
      const copies = await refillCredentials(wallet, { attestation, format: formatOf(args), count: countOf(args) })
      await writeOut(session, args, copies[0]?.credential)
      return [`Got ${copies.length} copies (${formatOf(args)}) of ${attestation}.`]
    },
  },
  attestations: {
    usage: 'attestations',
    help: 'list your attestations and the copies on this device',
    run: async (session) => {
      const { data } = await (await openWalletOf(session)).api.attestations()
      const copies = await copiesOf(session.device.memory)
      return data.map(({ attestation, state, policy, liveCopies }) => {
        const here = copies.filter((copy) => copy.attestation === attestation)
        const fresh = here.filter(({ audience }) => audience === undefined)
        return `${attestation} ${state}, ${policy}, ${liveCopies} live copies, ${here.length} here, ${fresh.length} of them not shown to anybody`
      })
    },
  },
  present: {
    usage: 'present --to URL   or: present --audience ORIGIN --nonce NONCE [--format FORMAT] [--out FILE]',
    help: 'prove to a site that you are identified; the authority is not asked and not told',
    options: { to: { type: 'string' }, audience: { type: 'string' }, nonce: { type: 'string' }, format: { type: 'string' }, out: { type: 'string' } },
    run: async (session, args) => {
      const to = textOption(args, 'to')
      if (to !== undefined) return presentTo(session, to, args)
      const request = { audience: requiredOption(args, 'audience'), nonce: requiredOption(args, 'nonce') }
      const presentation = formatOf(args) === 'vc+jwt' ? await present(session.device, request) : await dataIntegrityOf(session, request)
      await writeOut(session, args, presentation)
      return textOption(args, 'out') === undefined ? [presentation] : ['Made the presentation.']
    },
  },
  revoke: {
    usage: 'revoke [ATTESTATION]',
    help: 'revoke your attestation: every copy, everywhere, for good',
    run: async (session, args) => {
      const wallet = await openWalletOf(session)
      const attestation = args.words[0] ?? (await validAttestation(wallet)).attestation
      const { state } = await revoke(wallet, attestation)
      return [`${attestation} is ${state}.`]
    },
  },
}

/** The same in Data Integrity form, as JSON. */
async function dataIntegrityOf({ device }: RoleSession, request: PresentationRequest): Promise<string> {
  const copy = await copyFor(device.memory, 'data-integrity', request.audience, device.clock.nowSeconds())
  if (copy === undefined) throw new CliError('no-credential', 'No copy is left for this site. Run: credentials --format data-integrity')
  const { holderKey, credential } = copy
  if (holderKey.kty !== 'OKP' || typeof credential === 'string') throw new CliError('no-credential', 'This copy is of another format.')
  return JSON.stringify(await presentDataIntegrity({ issuer: device.api.client.issuer, clock: device.clock }, { ...request, credential, holderKey }))
}

/** What a relying party of the demo's kind answers to a visit. */
interface Visit {
  readonly nonce: string
}

/** Visits a site as a browser would, and answers its nonce. The audience is the origin that was asked for, whatever the site says it is. */
async function presentTo(session: RoleSession, to: string, args: Arguments): Promise<string[]> {
  if (!URL.canParse(to)) throw usageError('--to must be a web address.')
  const { origin } = new URL(to)
  const { fetch } = session.context
  const visit = await fetch(`${origin}/session`, { method: 'POST', redirect: 'error' })
  if (!visit.ok) throw new CliError('site-refused', `${origin} opened no session (${visit.status}).`)
  const { nonce } = (await visit.json()) as Visit
  const presentation = await present(session.device, { audience: origin, nonce })
  await writeOut(session, args, presentation)
  const cookie = (visit.headers.getSetCookie()[0] ?? '').split(';')[0] ?? ''
  const headers = { 'content-type': 'application/json', cookie }
  const answer = await fetch(`${origin}/presentations`, { method: 'POST', headers, body: JSON.stringify({ presentation }), redirect: 'error' })
  const reply = (await answer.json()) as { readonly code?: string; readonly isFirstVisit?: boolean; readonly statusAgeSeconds?: number }
  if (!answer.ok) throw new CliError(reply.code ?? 'site-refused', `${origin} refused the presentation: ${reply.code ?? answer.status}.`)
  return [`${origin} accepted you as identified${reply.isFirstVisit === false ? ', and knows you from before' : ''}. It learnt nothing else.`]
}

async function validAttestation({ api }: Wallet): Promise<AttestationReply> {
  const valid = (await api.attestations()).data.findLast(({ state }) => state === 'valid')
  if (valid === undefined) throw new CliError('no-attestation', 'You have no valid attestation.')
  return valid
}

function formatOf(args: Arguments): Copy['format'] {
  const format = textOption(args, 'format') ?? 'vc+jwt'
  if (format !== 'vc+jwt' && format !== 'data-integrity') throw usageError('A format is vc+jwt or data-integrity.')
  return format
}

function countOf(args: Arguments): number {
  const count = Number(textOption(args, 'count') ?? '5')
  if (!Number.isInteger(count) || count < 1 || count > 100) throw usageError('--count is a whole number from 1 to 100.')
  return count
}

async function writeOut({ context }: RoleSession, args: Arguments, value: string | object | undefined): Promise<void> {
  const out = textOption(args, 'out')
  if (out === undefined || value === undefined) return
  await writeWhole(resolve(context.cwd, out), typeof value === 'string' ? value : JSON.stringify(value))
}
