import { createHash } from 'node:crypto'
import { connect } from 'node:net'
import { routes } from '../../src/compose.ts'
import { signIn } from '../../src/device/sign-in.ts'
import { openCase } from '../../src/device/wallet/open-case.ts'
import type { Wallet } from '../../src/device/wallet/wallet.ts'
import { errorCodes } from '../../src/shared/error-codes.ts'
import { validate } from '../../src/shared/validate.ts'
import { apply, approve, enrolReviewers, newApplicant, newPerson, openOperatorsDesk } from '../support/people.ts'
import { sampleOf } from '../support/sample-of-schema.ts'
import { stateOf } from '../support/state-of.ts'
import { startTestAuthority, type TestAuthority } from '../support/test-authority.ts'
import { type BadRequest, badRequests, samplePath, type Tokens } from './bad-requests.ts'

let authority: TestAuthority
let tokens: Tokens
/** Ids of somebody else: an attestation, a case that is over, one that is drawn, and an enrolment. */
let others: Readonly<Record<string, string>>
let drawnCase: string
let ownToken: string

beforeAll(async () => {
  authority = await startTestAuthority()
  const consoles = await enrolReviewers(authority, 3)
  const owner = await newApplicant(authority, 'bad-input')
  const { case: attested } = await apply(owner)
  for (const console of consoles.slice(0, 2)) await approve(console, attested.case)
  await authority.features.duties.settle()
  const [attestation] = (await owner.api.attestations()).data
  drawnCase = (await openCase(owner, { purpose: 'renew', policy: 'identified/v1' })).case.case
  ownToken = await tokenOf(owner)
  const desk = await openOperatorsDesk(authority)
  const stranger = await newPerson(authority)
  const { enrolment } = await desk.api.invite('Organisation 9')
  const item = (await owner.api.vault()).items[0]?.sha256 ?? ''
  const wrap = (await owner.api.vault()).wraps[0]?.wrap ?? ''
  others = { caseId: drawnCase, attestationId: attestation?.attestation ?? '', enrolmentId: enrolment, wrapId: wrap, sha256: item }
  const operator = (await signIn(desk, desk.trust, { principal: desk.operator, credentialId: desk.credentialId })).token ?? ''
  // A console is its reviewer's wallet and more.
  tokens = { account: await tokenOf(stranger), operator, reviewer: await tokenOf(consoles[0] as unknown as Wallet) }
}, 120_000)
afterAll(() => authority.close())

const tokenOf = async (wallet: Wallet): Promise<string> =>
  (await signIn(wallet, wallet.trust, { principal: wallet.key.account, credentialId: wallet.credentialId })).token ?? ''

interface Answer {
  readonly status: number
  readonly mediaType: string | null
  readonly text: string
}

const send = async (method: string, { path, headers, body }: Pick<BadRequest, 'path' | 'headers' | 'body'>): Promise<Answer> => {
  const response = await fetch(authority.issuer + path, { method: method.toUpperCase(), headers, ...(body !== undefined && { body: body as BodyInit }) })
  return { status: response.status, mediaType: response.headers.get('content-type'), text: await response.text() }
}

/** What is wrong with an answer that should be a refusal by one of these codes; undefined if nothing is. */
const faultOf = ({ status, mediaType, text }: Answer, codes: readonly string[]): string | undefined => {
  if (mediaType !== 'application/problem+json') return `${String(status)} ${String(mediaType)} ${text.slice(0, 80)}`
  const problem = JSON.parse(text) as { readonly code: keyof typeof errorCodes; readonly status: number }
  if (validate('http/problem', problem).length > 0) return 'not a problem document'
  if (status >= 500 || status !== problem.status || errorCodes[problem.code][0] !== status) return `${String(status)} ${problem.code}`
  return codes.includes(problem.code) ? undefined : `${problem.code} instead of ${codes.join(' or ')}`
}

describe.each(routes.map((route) => [`${route.method.toUpperCase()} ${route.path}`, route] as const))('%s', (_name, route) => {
  it('refuses what is wrong with a request by a problem document, and changes nothing', async () => {
    const before = await stateOf(authority)
    const faults: string[] = []
    for (const bad of badRequests(route, authority.issuer, tokens)) {
      const fault = faultOf(await send(route.method, bad), bad.codes)
      if (fault !== undefined) faults.push(`${bad.name}: ${fault}`)
    }
    expect(faults).toEqual([])
    expect(await stateOf(authority)).toEqual(before)
  }, 60_000)
})

const aboutOthers = routes.filter(({ path, auth }) => auth === 'account' && /:(case|attestation|enrolment|wrap)Id|vault\/items\/:sha256/.test(path))

test.each(aboutOthers.map((route) => [`${route.method.toUpperCase()} ${route.path}`, route] as const))(
  'does not let another person %s',
  async (_name, route) => {
    const body =
      route.body === undefined ? {} : route.body === 'sealed-bytes' ? { body: new Uint8Array([1, 2, 3]) } : { body: JSON.stringify(sampleOf(route.body)) }
    const contentType = route.body === 'sealed-bytes' ? 'application/octet-stream' : 'application/json'
    const headers = { authorization: `Bearer ${tokens.account}`, ...(route.body !== undefined && { 'content-type': contentType }) }
    const before = await stateOf(authority)
    const known = await send(route.method, { path: samplePath(route.path, others), headers, ...body })
    const unknown = await send(route.method, { path: samplePath(route.path), headers, ...body })
    expect(await stateOf(authority)).toEqual(before)
    const withoutRequest = ({ status, text }: Answer) => [status, text.replace(/"requestId":"[^"]*"/, '')]
    // What is another's looks like what is not there.
    expect(withoutRequest(known)).toEqual(withoutRequest(unknown))
    // Deleting is the same whether it is there or not.
    if (route.method === 'delete') expect([204, 409]).toContain(known.status)
    else expect(faultOf(known, ['not-found', 'role-required', 'hash-mismatch', 'statement-refused', 'enrolment-not-usable'])).toBeUndefined()
  },
  30_000,
)

describe('bytes on their way', () => {
  const hash = createHash('sha256').update('sealed bytes').digest('hex')
  const places = (): readonly (readonly [string, string])[] => [
    [`/v1/vault/items/${hash}`, tokens.account],
    [`/v1/cases/${drawnCase}/files/${hash}`, ownToken],
  ]
  const blobs = async (): Promise<unknown> => (await stateOf(authority))['blobs']

  it('are refused under the hash of others', async () => {
    const before = await blobs()
    for (const [path, token] of places()) {
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/octet-stream' }
      expect(faultOf(await send('put', { path, headers, body: 'other bytes' }), ['hash-mismatch'])).toBeUndefined()
    }
    expect(await blobs()).toEqual(before)
  })

  it('are refused beyond what a route takes', async () => {
    for (const [path, token] of places()) {
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/octet-stream' }
      expect(faultOf(await send('put', { path, headers, body: new Uint8Array(25_000_001) }), ['body-too-large'])).toBeUndefined()
    }
  }, 30_000)

  it('leave nothing when they break off', async () => {
    const before = await blobs()
    for (const [path, token] of places()) await breakOff(path, token)
    expect(await blobs()).toEqual(before)
    for (const [path, token] of places()) {
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/octet-stream' }
      expect((await send('put', { path, headers, body: 'sealed bytes' })).status).toBe(201)
    }
  }, 30_000)

  const breakOff = (path: string, token: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const head = `PUT ${path} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${token}\r\ncontent-type: application/octet-stream\r\ncontent-length: 12\r\n\r\n`
      const socket = connect(Number(new URL(authority.issuer).port), 'localhost', () => socket.write(`${head}sealed`, () => socket.end()))
      socket.resume().on('close', () => resolve()).on('error', reject) // prettier-ignore
    })
})
