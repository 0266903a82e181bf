import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CliContext } from '../../../src/cli/context.ts'
import { asCommand, run } from '../../../src/cli/run.ts'
import { fingerprint } from '../../../src/device/fingerprint.ts'
import { systemClock } from '../../../src/shared/clock.ts'
import type { ConsentRequest } from '../../../src/shared/contract/types.ts'
import { enrolReviewers } from '../../support/people.ts'
import { startTestAuthority, type TestAuthority } from '../../support/test-authority.ts'

let authority: TestAuthority
let folder: string
let printed: string[]
let sent: { readonly request: ConsentRequest; readonly printedBefore: readonly string[] }[]

beforeAll(async () => {
  authority = await startTestAuthority()
  await enrolReviewers(authority, 3)
  folder = await mkdtemp(join(tmpdir(), 'vouchsafe-terms-'))
}, 120_000)
afterAll(async () => {
  await authority.close()
  await rm(folder, { recursive: true })
})

/** Notes each consent on its way, with what the terminal had said by then. */
const notingFetch: typeof fetch = async (url, init) => {
  const isConsent = typeof url === 'string' && url.endsWith('/consents') && typeof init?.body === 'string'
  if (isConsent) sent.push({ request: JSON.parse(init.body as string) as ConsentRequest, printedBefore: [...printed] })
  return fetch(url, init)
}

function typed(line: string) {
  const env = { VOUCHSAFE_DATA: join(folder, 'data'), VOUCHSAFE_KEYS: join(authority.folder, 'keys'), VOUCHSAFE_ISSUER: authority.issuer }
  const untilStopped = () => Promise.resolve()
  const print = (text: string) => printed.push(text)
  const context: CliContext = { env, cwd: folder, print, ask: undefined, fetch: notingFetch, clock: systemClock, workFactor: 1, untilStopped }
  return run(context, { as: asCommand }, `as applicant --profile anna ${line}`.split(' '))
}

test('before it signs a consent, the terminal says who can open which files, and until when', async () => {
  printed = []
  sent = []
  for (const line of ['join', 'keep --specimen', 'apply']) expect((await typed(line)).failure).toBeUndefined()
  printed = []
  expect((await typed('consent --specimen')).failure).toBeUndefined()
  const [{ request, printedBefore }] = sent as [(typeof sent)[number]]
  const { panel, deadlineSeconds, evidence } = request.signed.statement
  expect(panel).toHaveLength(3)
  expect(printedBefore).toEqual([
    `Until ${new Date(deadlineSeconds * 1000).toISOString()} these reviewers, and nobody else, can open the files below:`,
    ...panel.map(({ reviewer, organisation, recipient }) => `  ${organisation}: ${reviewer}, key ${fingerprint(recipient)}`),
    'Files:',
    ...evidence.files.map(({ type }) => `  ${type}`),
  ])
}, 60_000)
