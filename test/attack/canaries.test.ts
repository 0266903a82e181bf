import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { authorityFromUrl, verifyAttestation } from '@vouchsafe/verify'
import { pino } from 'pino'
import { scan } from '../../src/cli/scan/scan-for.ts'
import type { Console } from '../../src/device/console/console.ts'
import { evaluateTags } from '../../src/device/console/evaluate-tags.ts'
import { signVerdict } from '../../src/device/console/sign-verdict.ts'
import { padded } from '../../src/device/seal/padding.ts'
import { withoutMetadata } from '../../src/device/seal/plain-image.ts'
import { signIn } from '../../src/device/sign-in.ts'
import { drawSelfie, specimenCanaries, specimenPerson } from '../../src/device/specimens/index.ts'
import { present } from '../../src/device/wallet/present.ts'
import { refillCredentials } from '../../src/device/wallet/refill-credentials.ts'
import { dueConsent } from '../../src/device/wallet/due-consent.ts'
import { resubmit } from '../../src/device/wallet/resubmit.ts'
import { revoke } from '../../src/device/wallet/revoke.ts'
import type { Wallet } from '../../src/device/wallet/wallet.ts'
import { withdraw } from '../../src/device/wallet/withdraw.ts'
import { sha256Hex } from '../../src/shared/hash.ts'
import { apply, approve, enrolReviewers, fullChecklist, newApplicant, openForReview } from '../support/people.ts'
import { startTestAuthority, type TestAuthority } from '../support/test-authority.ts'

const seed = 'canaries'
const canaries = specimenCanaries(specimenPerson(seed))
/** Every picture that is sealed in this story, the selfies by and by. */
const pictures = ['passport-single', 'financial-document-single'].map((name): Uint8Array => readFileSync(`specimens/${name}.png`))
const logged: string[] = []
const answered: (string | Buffer)[] = []
const asked: (string | Buffer)[] = []
const honestFetch = globalThis.fetch
let authority: TestAuthority
let captured: string
let wallet: Wallet

const bytesOf = async (message: Request | Response): Promise<Buffer> => Buffer.from(await message.clone().arrayBuffer())

/** Notes what goes over the wire, both ways, headers and all. */
const notingFetch: typeof fetch = async (...args) => {
  const request = new Request(...args)
  asked.push(request.url, JSON.stringify([...request.headers]), await bytesOf(request))
  const response = await honestFetch(...args)
  answered.push(JSON.stringify([...response.headers]), await bytesOf(response))
  return response
}

beforeAll(async () => {
  globalThis.fetch = notingFetch
  authority = await startTestAuthority({ logger: pino({ level: 'trace' }, { write: (line: string) => void logged.push(line) }) })
  captured = join(authority.folder, 'captured')
  mkdirSync(captured)
}, 60_000)
afterAll(() => {
  globalThis.fetch = honestFetch
  return authority.close()
})

/** Looks through everything that the authority keeps, says or measures; the control is planted and looked for each time. */
const search = async (traffic: readonly (string | Buffer)[]) => {
  const metrics = await (await honestFetch(`${authority.adminUrl}/metrics`)).text()
  writeFileSync(join(captured, 'traffic'), Buffer.concat(traffic.flatMap((each) => [Buffer.from(each as string), Buffer.from('\n')])))
  writeFileSync(join(captured, 'log'), logged.join('\n'))
  writeFileSync(join(captured, 'metrics'), metrics)
  return scan({ canaries, pictures, folders: [authority.folder], stores: [], isSkipped: () => false })
}

describe('what the documents say', () => {
  it('is nowhere in database, sealed files, logs, metrics and traffic after the whole story', async () => {
    const consoles = await enrolReviewers(authority, 3)
    wallet = await newApplicant(authority, seed)
    const { case: drawn, draw } = await apply(wallet, seed)
    pictures.push(await selfieWith(draw.code))
    await askForPassportAgain(consoles, drawn.case)
    const replacement = { type: 'selfie-with-document', side: 'single', plain: await selfieWith(draw.code) } as const
    await resubmit(wallet, { case: drawn.case, replacements: [replacement], shown: await dueConsent(wallet, drawn.case) })
    for (const console of consoles.slice(0, 2)) await approve(console, drawn.case)
    await authority.features.duties.settle()
    await presentAndRevoke()
    const withdrawn = await apply(wallet, seed)
    pictures.push(await selfieWith(withdrawn.draw.code))
    await withdraw(wallet, withdrawn.case.case)
    await authority.features.duties.settle()

    expect(pictures).toHaveLength(4)
    expect(logged.join('')).toContain('"route":"/v1/cases/:caseId/verdicts"')
    const { places, ...found } = await search([...asked, ...answered])
    expect(found).toEqual({ hits: [], missedControls: [] })
    expect(places).toBeGreaterThan(10)
  }, 120_000)

  it('is not repeated in answers, logs, metrics or the database when somebody sends it where it does not belong', async () => {
    const { token = '' } = await signIn(wallet, wallet.trust, { principal: wallet.key.account, credentialId: wallet.credentialId })
    answered.splice(0)
    for (const canary of canaries.slice(0, 12)) await sendEverywhere(canary, token)
    const { hits, missedControls } = await search(answered)
    expect({ hits, missedControls }).toEqual({ hits: [], missedControls: [] })
  }, 60_000)

  it('would be found, if one answer gave it away', async () => {
    const { hits } = await search([...answered, `{"name":"${Buffer.from(canaries[0] ?? '').toString('base64')}"}`])
    expect(hits).toContainEqual({ place: join(captured, 'traffic'), what: 'text 1', encoding: 'base64' })
  }, 60_000)

  it('would be found, picture by picture, if sealing did nothing', async () => {
    asked.splice(0)
    for (const picture of pictures) await keepUnsealed(picture)
    const { hits, missedControls } = await search(asked)
    expect(missedControls).toEqual([])
    const found = hits.filter(({ encoding }) => encoding === 'raw')
    for (const [at, picture] of pictures.entries()) {
      const what = `picture ${at + 1}`
      expect(found).toContainEqual({ place: join(captured, 'traffic'), what, encoding: 'raw' })
      expect(found.filter((hit) => hit.what === what && hit.place.includes(sha256Hex(unsealed(picture))))).toHaveLength(1)
    }
  }, 60_000)
})

/** The selfie as it was sent: the same person and code give the same picture. */
const selfieWith = (code: string): Promise<Uint8Array> => drawSelfie(specimenPerson(seed), code, 'passport')

/** What a device would send that sealed by the identity function: metadata removed, padded, plain. */
const unsealed = (picture: Uint8Array): Uint8Array => padded(withoutMetadata(picture))

const keepUnsealed = async (picture: Uint8Array): Promise<void> => {
  await wallet.api.putItem(sha256Hex(unsealed(picture)), unsealed(picture))
}

const askForPassportAgain = async (consoles: readonly Console[], caseId: string): Promise<void> => {
  for (const console of consoles.slice(0, 2)) {
    const { opening, files, plainFields } = await openForReview(console, caseId)
    // What the reviewer sees is what is looked for.
    expect(JSON.stringify(plainFields)).toContain(specimenPerson(seed).surname)
    await evaluateTags(console, opening, plainFields.documentKeys)
    const sha256 = files.find(({ type }) => type === 'selfie-with-document')?.sha256 ?? ''
    await signVerdict(console, opening, { verdict: 'resubmit', checklist: fullChecklist, reasons: [{ sha256, code: 'blurred' }] })
  }
}

const presentAndRevoke = async (): Promise<void> => {
  const attestation = (await wallet.api.attestations()).data[0]?.attestation ?? ''
  for (const format of ['vc+jwt', 'data-integrity'] as const) await refillCredentials(wallet, { attestation, format, count: 2 })
  const audience = 'https://sale.example'
  const nonce = 'a-nonce-of-this-visit'
  const trusted = authorityFromUrl({ issuer: authority.issuer, rootThumbprint: authority.rootThumbprint })
  const expectations = { authority: trusted, audience, nonce, maxStatusAgeSeconds: 60, requiredPolicy: 'identified/v1', environment: 'test' } as const
  answered.push(JSON.stringify(await verifyAttestation(await present(wallet, { audience, nonce }), expectations)))
  await revoke(wallet, attestation)
}

/** In paths, queries, headers, member names and values, broken JSON, and as bytes. */
const sendEverywhere = async (canary: string, token: string): Promise<void> => {
  const escaped = encodeURIComponent(canary)
  const session = {
    authorization: `Bearer ${token}`,
    'content-type': 'application/json',
    'idempotency-key': escaped,
    'user-agent': escaped,
    referer: `https://${escaped}/`,
  }
  const bodies = [`{"purpose":"${canary}"}`, `{"${canary}":1}`, `{"purpose":"${canary}`, `{"${canary}":1,"${canary}":2}`, `"${canary}"`]
  for (const path of ['/v1/cases', '/v1/accounts/me/passkeys', '/v1/vault/wraps', `/v1/cases/${escaped}/consents`])
    for (const body of bodies) await refused(path, { method: 'POST', headers: session, body })
  for (const path of [
    `/v1/cases?cursor=${escaped}`,
    `/v1/cases?${escaped}=1`,
    `/v1/cases/${escaped}`,
    `/v1/${escaped}`,
    `/status/tsl/${escaped}`,
    `/policies/${escaped}/v1`,
    `/${escaped}`,
  ])
    await refused(path, { headers: session })
  await refused('/v1/cases', { headers: { authorization: `Bearer ${escaped}`, cookie: `other=${escaped}` } })
  await refused(`/v1/vault/items/${'a'.repeat(64)}`, { method: 'PUT', headers: { ...session, 'content-type': 'application/octet-stream' }, body: canary })
}

const refused = async (path: string, init: RequestInit): Promise<void> => {
  const { status } = await fetch(authority.issuer + path, init)
  expect(status).toBeGreaterThanOrEqual(400)
  expect(status).toBeLessThan(500)
}
