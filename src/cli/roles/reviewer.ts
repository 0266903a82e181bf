import type { LeaseReply, OpeningReply, Policy, Reason, ReasonCode } from '../../shared/contract/types.ts'
import { policyOf } from '../../shared/policy.ts'
import { openConsole, type Console } from '../../device/console/console.ts'
import { enrol, parseEnrolmentLink } from '../../device/console/enrol.ts'
import { evaluateTags } from '../../device/console/evaluate-tags.ts'
import { claimCase, openCaseFiles, reviewQueue } from '../../device/console/open-case-files.ts'
import { type Judgement, signVerdict } from '../../device/console/sign-verdict.ts'
import { CliError, usageError } from '../cli-error.ts'
import { type Arguments, requiredWord, type RoleCommands, textOptions } from '../command.ts'
import { openWalletOf, type RoleSession } from '../role-session.ts'
import { evidenceType, sideOf } from './files.ts'
import { joinCommands } from './join-commands.ts'
import { openedFolder, wipeOpened, writeOpened } from './opened-folder.ts'

const reasonOptions = { reason: { type: 'string', multiple: true } } as const

/** What a reviewer can do in a terminal. */
export const reviewerCommands: RoleCommands = {
  ...joinCommands,
  enrol: {
    usage: 'enrol LINK',
    help: 'ask to become a reviewer, with the link that an operator gave you; joins first if this profile has no account',
    options: { kit: { type: 'string' } },
    run: async (session, args) => {
      const joined = await joinedFirst(session, args)
      const reply = await enrol(await openWalletOf(session), parseEnrolmentLink(requiredWord(args, 0, 'the enrolment link')))
      return [...joined, `Asked to review for ${reply.organisation} as ${reply.request?.reviewer ?? ''}. An operator must admit you.`]
    },
  },
  queue: {
    usage: 'queue',
    help: 'list cases that you may claim',
    run: async (session) => {
      const queue = await reviewQueue(await consoleOf(session))
      return queue.length === 0 ? ['Nothing waits for you.'] : queue.map((each) => `${each.case} round ${each.round}, ${each.policy}`)
    },
  },
  claim: {
    usage: 'claim [CASE]',
    help: 'claim a case for half an hour; the oldest unless you name one',
    run: async (session, args) => {
      const { case: caseId, round, expiresAtSeconds } = await claimOldest(session, await consoleOf(session), args.words[0])
      return [`Claimed ${caseId}, round ${round}, until ${new Date(expiresAtSeconds * 1000).toISOString()}.`]
    },
  },
  show: {
    usage: 'show',
    help: 'open the claimed case (or claim the oldest) into a private folder; the opening is logged, the folder is wiped at your verdict',
    run: async (session) => {
      const console = await consoleOf(session)
      if ((await session.work()).case === undefined) await claimOldest(session, console)
      const plainCase = await openCaseFiles(console, await claimedCase(session))
      const folder = await writeOpened(session.profile.folder, plainCase)
      const { evidence } = plainCase.opening
      return [
        `Opened into ${folder}`,
        ...evidence.files.map(({ type, side }) => `  ${type} (${side})`),
        `The selfie must show the code ${evidence.code} and the words "for Vouchsafe identification only".`,
        'Check:',
        ...policyOf(evidence.policy).checklist.map(({ id, text }) => `  ${id}: ${text}`),
      ]
    },
  },
  approve: {
    usage: 'approve [--checked all | --checked POINT …]',
    help: 'say that every point of the checklist is true; asked one by one unless named',
    options: { checked: { type: 'string', multiple: true } },
    run: (session, args) =>
      judged(session, async (console, opening, plainFields) => {
        const checklist = await checkedPoints(session, policyOf(opening.evidence.policy), textOptions(args, 'checked'))
        return { verdict: 'approve', checklist, tags: await evaluateTags(console, opening, plainFields.documentKeys) }
      }),
  },
  resubmit: {
    usage: 'resubmit --reason CODE:TYPE[/SIDE] …',
    help: 'ask for files again, each with a reason such as blurred:passport',
    options: reasonOptions,
    run: (session, args) => judged(session, (_console, opening) => Promise.resolve({ verdict: 'resubmit', reasons: reasonsOf(opening, args) })),
  },
  reject: {
    usage: 'reject --reason CODE:TYPE[/SIDE] …',
    help: 'reject the case, with reasons such as not-genuine:passport',
    options: reasonOptions,
    run: (session, args) => judged(session, (_console, opening) => Promise.resolve({ verdict: 'reject', reasons: reasonsOf(opening, args) })),
  },
  'cannot-open': {
    usage: 'cannot-open',
    help: 'say that the files cannot be opened; the next reviewer is asked',
    run: async (session) => {
      const console = await consoleOf(session)
      const caseId = await claimedCase(session)
      await signVerdict(console, await console.api.open(caseId), { verdict: 'cannot-open' })
      await closeCase(session, caseId)
      return ['Said that the files cannot be opened.']
    },
  },
}

async function consoleOf(session: RoleSession): Promise<Console> {
  return openConsole(await openWalletOf(session))
}

/** Claims the named case, or the oldest that waits, and notes it. */
async function claimOldest(session: RoleSession, console: Console, named?: string): Promise<LeaseReply> {
  const caseId = named ?? (await reviewQueue(console))[0]?.case
  if (caseId === undefined) throw new CliError('queue-empty', 'Nothing waits for you.')
  const lease = await claimCase(console, caseId)
  await session.note({ case: caseId })
  return lease
}

async function joinedFirst(session: RoleSession, args: Arguments): Promise<readonly string[]> {
  const isJoined = (await session.profile.read('account')) !== undefined
  return isJoined ? [] : ((await joinCommands['join']?.run(session, args)) ?? [])
}

/** What a verdict leaves: nothing opened, nothing claimed. */
async function closeCase(session: RoleSession, caseId: string): Promise<void> {
  await wipeOpened(session.profile.folder, caseId)
  await session.note({ case: undefined })
}

async function claimedCase(session: RoleSession): Promise<string> {
  const { case: caseId } = await session.work()
  if (caseId === undefined) throw new CliError('no-case', 'Claim a case first. Run: claim')
  return caseId
}

type Judge = (console: Console, opening: OpeningReply, plainFields: Awaited<ReturnType<typeof openCaseFiles>>['plainFields']) => Promise<Judgement>

/** Judges what `show` opened; the files are opened and checked again, so that the verdict is about these bytes and no others. */
async function judged(session: RoleSession, judge: Judge): Promise<string[]> {
  const console = await consoleOf(session)
  const caseId = await claimedCase(session)
  const { opening, plainFields } = await openCaseFiles(console, caseId)
  const judgement = await judge(console, opening, plainFields)
  await signVerdict(console, opening, judgement)
  await closeCase(session, caseId)
  return [`Signed: ${judgement.verdict}. Wiped ${openedFolder(session.profile.folder, caseId)}.`]
}

async function checkedPoints({ context: { ask } }: RoleSession, { checklist }: Policy, named: readonly string[]): Promise<string[]> {
  if (named.includes('all')) return checklist.map(({ id }) => id)
  const unknown = named.find((id) => !checklist.some((point) => point.id === id))
  if (unknown !== undefined) throw usageError(`The checklist has no point ${unknown}.`)
  if (named.length > 0) return [...named]
  if (ask === undefined) throw usageError('Nobody can be asked here: name the points with --checked.')
  const checked: string[] = []
  for (const { id, text } of checklist) if (/^y/i.test(await ask(`${text} (y/n) `))) checked.push(id)
  return checked
}

const codes: readonly ReasonCode[] = [
  'blurred', 'glare', 'cut-off', 'expired', 'wrong-document', 'other-side-missing', 'unreadable', 'code-missing', 'code-wrong', 'words-missing',
  'face-not-visible', 'fields-differ', 'not-the-same-person', 'altered-document', 'not-genuine', 'under-age',
] // prettier-ignore

/** Reasons as typed, each bound to the hash of the file that it is about. */
function reasonsOf({ evidence }: OpeningReply, args: Arguments): Reason[] {
  const typed = textOptions(args, 'reason')
  if (typed.length === 0) throw usageError('--reason is missing.')
  return typed.map((text) => {
    const [code = '', place = ''] = text.split(':')
    const [type = '', side] = place.split('/')
    const known = codes.find((each) => each === code)
    if (known === undefined) throw usageError(`A reason is one of: ${codes.join(', ')}.`)
    const wanted = evidenceType(type)
    const file = evidence.files.find((each) => each.type === wanted && (side === undefined || each.side === sideOf(side)))
    if (file === undefined) throw usageError(`This case has no file of type ${place}.`)
    return { sha256: file.sha256, code: known }
  })
}
