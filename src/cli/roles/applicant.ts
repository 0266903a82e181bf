import type { DocumentKey } from '../../shared/document-key.ts'
import { numberedTypes } from '../../shared/document-key.ts'
import type { CaseReply, Purpose } from '../../shared/contract/types.ts'
import { policyOf } from '../../shared/policy.ts'
import { acceptReplacement } from '../../device/wallet/accept-replacement.ts'
import { consent } from '../../device/wallet/consent.ts'
import { type ConsentTerms, dueConsent } from '../../device/wallet/due-consent.ts'
import { caseFiles, firstFiles } from '../../device/wallet/case-files.ts'
import { followCases, isOver } from '../../device/wallet/follow-case.ts'
import { keepDocument, keepFields, type PlainDocument } from '../../device/wallet/keep-document.ts'
import { drawnCase, openCase } from '../../device/wallet/open-case.ts'
import { resubmit } from '../../device/wallet/resubmit.ts'
import { readVault } from '../../device/vault/vault-store.ts'
import { withdraw } from '../../device/wallet/withdraw.ts'
import type { Wallet } from '../../device/wallet/wallet.ts'
import { CliError, usageError } from '../cli-error.ts'
import { type Arguments, requiredWord, type RoleCommands, textOption } from '../command.ts'
import { openWalletOf, type RoleSession } from '../role-session.ts'
import { placeOf, readNamed } from './files.ts'
import { joinCommands } from './join-commands.ts'
import { keepSpecimenSet, specimenSelfie, specimenSheet } from './specimen-set.ts'
import { caseLines, type FilePlace, termsLines } from './words.ts'

const placeOptions = { type: { type: 'string' }, side: { type: 'string' }, specimen: { type: 'boolean' } } as const

/** What an applicant can do in a terminal. */
export const applicantCommands: RoleCommands = {
  ...joinCommands,
  keep: {
    usage: 'keep FILE --type TYPE [--side front|back|single]   or: keep --specimen [--as NAME]',
    help: 'seal a picture of a document and keep it in the vault',
    options: { ...placeOptions, as: { type: 'string' } },
    run: async (session, args) => {
      const wallet = await openWalletOf(session)
      if (args.options['specimen'] === true) return keepSpecimen(session, wallet, textOption(args, 'as') ?? session.profile.name)
      const place = placeOf(args)
      await keepDocument(wallet, { ...place, plain: await readNamed(session.context, requiredWord(args, 0, 'the picture’s file')) })
      return [`Kept ${place.type} (${place.side}).`]
    },
  },
  fields: {
    usage: 'fields [--from FILE]',
    help: 'keep your name, phone, national id and document numbers; asked for, or read from a JSON file, so that they stay out of your shell’s history',
    options: { from: { type: 'string' } },
    run: async (session, args) => {
      const from = textOption(args, 'from')
      const { fields, documentKeys } = from === undefined ? await askFields(session) : await fieldsFile(session, from)
      await keepFields(await openWalletOf(session), fields, documentKeys)
      return ['Kept the typed fields and document numbers.']
    },
  },
  documents: {
    usage: 'documents',
    help: 'list what the vault holds',
    run: async (session) => {
      const wallet = await openWalletOf(session)
      const { index } = await readVault(wallet, wallet.key)
      const numbers = index.documentKeys.map(({ type }) => `number of ${type}`)
      return [...index.documents.map(({ type, side }) => `${type} (${side})`), ...Object.keys(index.plainFields).map((name) => `field ${name}`), ...numbers]
    },
  },
  apply: {
    usage: 'apply [--purpose identify|renew|recover]',
    help: 'open a case; prints its code and who may be asked to look',
    options: { purpose: { type: 'string' } },
    run: async (session, args) => {
      const { case: opened, draw } = await openCase(await openWalletOf(session), { purpose: purposeOf(args), policy: 'identified/v1' })
      await session.note({ case: opened.case })
      return [
        `Case ${opened.case}`,
        `Code: ${draw.code}`,
        'Write the code and the words "for Vouchsafe identification only" by hand, and take a selfie that shows you, your document and the paper.',
        'The panel, drawn and recomputed on this device:',
        ...draw.panel.map(({ reviewer, organisation }) => `  ${reviewer} of ${organisation}`),
      ]
    },
  },
  consent: {
    usage: 'consent --selfie FILE   or: consent --specimen',
    help: 'open your documents to the panel, and to nobody else',
    options: { selfie: { type: 'string' }, specimen: { type: 'boolean' } },
    run: async (session, args) => {
      const wallet = await openWalletOf(session)
      const caseId = await currentCase(session, wallet)
      const selfie = await selfieOf(session, wallet, caseId, args)
      const shown = await dueConsent(wallet, caseId)
      const { index } = await readVault(wallet, wallet.key)
      printTerms(session, shown, firstFiles(policyOf(shown.case.policy), index))
      const reply = await consent(wallet, { case: caseId, selfie, shown })
      const panel = reply.consents.at(-1)?.panel ?? []
      return [`Consented: ${panel.length} reviewers may open ${reply.consents.at(-1)?.files.length ?? 0} files until ${dateOf(reply.deadlineSeconds)}.`]
    },
  },
  status: {
    usage: 'status',
    help: 'say how your cases stand',
    run: async (session) => {
      const cases = await followCases(await openWalletOf(session))
      return cases.length === 0 ? ['You have no case. Run: apply'] : cases.flatMap(caseLines)
    },
  },
  resubmit: {
    usage: 'resubmit FILE --type TYPE [--side SIDE]   or: resubmit --specimen --type TYPE [--side SIDE]',
    help: 'send one refused file again; the others stay as they are',
    options: placeOptions,
    run: async (session, args) => {
      const wallet = await openWalletOf(session)
      const caseId = await currentCase(session, wallet)
      const replacement = { ...placeOf(args), plain: await replacementOf(session, wallet, caseId, args) }
      const shown = await dueConsent(wallet, caseId)
      const kept = (await caseFiles(wallet, caseId)).filter(({ type, side }) => type !== replacement.type || side !== replacement.side)
      printTerms(session, shown, [...kept, replacement])
      const reply = await resubmit(wallet, { case: caseId, replacements: [replacement], shown })
      return [`Sent again: round ${reply.round}.`]
    },
  },
  accept: {
    usage: 'accept',
    help: 'consent to the next reviewer of the draw',
    run: async (session) => {
      const wallet = await openWalletOf(session)
      const caseId = await currentCase(session, wallet)
      const shown = await dueConsent(wallet, caseId)
      printTerms(session, shown, await caseFiles(wallet, caseId))
      const reply = await acceptReplacement(wallet, caseId, shown)
      return [`Consented: ${reply.consents.at(-1)?.panel.length ?? 0} reviewers may look now.`]
    },
  },
  withdraw: {
    usage: 'withdraw',
    help: 'take your consent back and end the case',
    run: async (session) => {
      const wallet = await openWalletOf(session)
      return caseLines(await withdraw(wallet, await currentCase(session, wallet)))
    },
  },
}

/** Says what is about to be signed: who may open which files, until when. */
function printTerms({ context }: RoleSession, terms: ConsentTerms, files: readonly FilePlace[]): void {
  for (const line of termsLines(terms, files)) context.print(line)
}

async function keepSpecimen(session: RoleSession, wallet: Wallet, seed: string): Promise<readonly string[]> {
  await session.note({ specimen: seed })
  return keepSpecimenSet(wallet, seed)
}

/** The case that is under way. */
async function currentCase(session: RoleSession, wallet: Wallet): Promise<string> {
  const noted = (await session.work()).case
  if (noted !== undefined) return noted
  const open = (await wallet.api.cases()).data.find((each: CaseReply) => !isOver(each))
  if (open === undefined) throw new CliError('no-case', 'You have no case. Run: apply')
  return open.case
}

async function selfieOf(session: RoleSession, wallet: Wallet, caseId: string, args: Arguments): Promise<Uint8Array> {
  const file = textOption(args, 'selfie')
  if (file !== undefined) return readNamed(session.context, file)
  if (args.options['specimen'] !== true) throw usageError('--selfie is missing.')
  const { draw } = await drawnCase(wallet, caseId)
  return specimenSelfie(await specimenOf(session), draw.code)
}

async function replacementOf(session: RoleSession, wallet: Wallet, caseId: string, args: Arguments): Promise<PlainDocument['plain']> {
  if (args.options['specimen'] !== true) return readNamed(session.context, requiredWord(args, 0, 'the picture’s file'))
  const { type, side } = placeOf(args)
  if (type === 'selfie-with-document') return specimenSelfie(await specimenOf(session), (await drawnCase(wallet, caseId)).draw.code)
  if (type === 'fields') throw usageError('Typed fields are changed by: fields')
  return specimenSheet(await specimenOf(session), type, side)
}

async function specimenOf(session: RoleSession): Promise<string> {
  const { specimen } = await session.work()
  if (specimen === undefined) throw new CliError('no-specimen', 'This profile has no specimen documents. Run: keep --specimen')
  return specimen
}

function purposeOf(args: Arguments): Purpose {
  const purpose = textOption(args, 'purpose') ?? 'identify'
  if (purpose !== 'identify' && purpose !== 'renew' && purpose !== 'recover') throw usageError('A purpose is identify, renew or recover.')
  return purpose
}

function dateOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 10)
}

interface TypedFields {
  readonly fields: Readonly<Record<string, string>>
  readonly documentKeys: readonly DocumentKey[]
}

async function fieldsFile({ context }: RoleSession, path: string): Promise<TypedFields> {
  const read = JSON.parse(new TextDecoder().decode(await readNamed(context, path))) as Partial<TypedFields>
  return { fields: read.fields ?? {}, documentKeys: read.documentKeys ?? [] }
}

async function askFields({ context: { ask } }: RoleSession): Promise<TypedFields> {
  if (ask === undefined) throw usageError('Nobody can be asked here: name a file with --from.')
  const fields: Record<string, string> = {}
  for (const name of ['name', 'phone', 'national-id-number']) fields[name] = (await ask(`${name}: `)).trim()
  const issuingState = (await ask('issuing state of your documents (three letters, such as UTO): ')).trim().toUpperCase()
  const documentKeys: DocumentKey[] = []
  for (const type of numberedTypes) {
    const number = type === 'national-id-number' ? (fields[type] ?? '') : (await ask(`number of your ${type} (empty if you have none): `)).trim()
    if (number !== '') documentKeys.push({ type, issuingState, number })
  }
  return { fields, documentKeys }
}
