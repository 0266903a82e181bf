import { randomUUID } from 'node:crypto'
import { softwarePasskey } from '../../src/device/software-passkey.ts'
import { enrol } from '../../src/device/console/enrol.ts'
import { rosterHash } from '../../src/shared/roster.ts'
import { refillCredentials } from '../../src/device/wallet/refill-credentials.ts'
import { revoke } from '../../src/device/wallet/revoke.ts'
import type { Wallet } from '../../src/device/wallet/wallet.ts'
import type {
  BatchRequest,
  EnrolmentRequest,
  IssuanceKeyStatement,
  RevocationStatement,
  RosterStatement,
  SignInRequest,
} from '../../src/shared/contract/types.ts'
import { derivedId, newId } from '../../src/shared/ids.ts'
import { signInChallenge } from '../../src/shared/statement.ts'
import { fakeClock } from '../support/fake-clock.ts'
import { apply, approve, enrolReviewers, newApplicant, newPerson, openOperatorsDesk } from '../support/people.ts'
import { codeOf } from '../support/problems.ts'
import { signAgain } from '../support/sign-again.ts'
import { stateOf } from '../support/state-of.ts'
import { startTestAuthority, type TestAuthority } from '../support/test-authority.ts'

const clock = fakeClock()
let authority: TestAuthority
let holder: Wallet
let stranger: Wallet
let attestation: string

beforeAll(async () => {
  authority = await startTestAuthority({ clock })
  const consoles = await enrolReviewers(authority, 2)
  holder = await newApplicant(authority, 'holder-rules')
  const { case: drawn } = await apply(holder)
  for (const console of consoles) await approve(console, drawn.case)
  await authority.features.duties.settle()
  attestation = (await holder.api.attestations()).data[0]!.attestation
  stranger = await newPerson(authority)
}, 120_000)
afterAll(() => authority.close())

/** A wallet whose requests of this name are caught instead of sent. */
const catching = (wallet: Wallet, name: 'requestBatch' | 'requestEnrolment') => {
  const caught: unknown[][] = []
  const api = { ...wallet.api, [name]: (...args: unknown[]) => (caught.push(args), Promise.reject(new Error('not sent'))) }
  return { wallet: { ...wallet, api } as Wallet, caught }
}

describe('signing in', () => {
  const request = async (wallet: Wallet, changes: Partial<SignInRequest> = {}): Promise<SignInRequest> => {
    const { nonce } = await wallet.api.signInChallenge()
    const challenge = signInChallenge(authority.issuer, nonce)
    const assertion = await wallet.authenticator.get({ rpId: wallet.trust.rpId, origin: authority.issuer, challenge, credentialId: wallet.credentialId })
    return { principal: wallet.key.account, nonce, assertion, carrier: 'bearer', ...changes }
  }
  const answer = async (body: SignInRequest): Promise<unknown> => {
    const response = await fetch(`${authority.issuer}/v1/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    return { status: response.status, ...((await response.json()) as object), requestId: '' }
  }

  it('answers an unknown account, another’s account, a wrong passkey and a wrong signature alike', async () => {
    const foreign = softwarePasskey()
    await foreign.create({ rpId: 'localhost', userHandle: 'x', challenge: new Uint8Array(32), origin: authority.issuer })
    const other = await request({ ...holder, authenticator: foreign, credentialId: foreign.credentials()[0]!.credentialId })
    const good = await request(holder)
    const answers = [
      await answer(await request(holder, { principal: newId('account') })),
      await answer(await request(holder, { principal: stranger.key.account })),
      await answer(await request(holder, { principal: newId('operator') })),
      await answer(other),
      await answer({ ...good, nonce: (await holder.api.signInChallenge()).nonce }),
      await answer(await request(holder, { nonce: 'A'.repeat(43) })),
    ]
    for (const each of answers) expect(each).toEqual(answers[0])
    expect(answers[0]).toMatchObject({ status: 401, code: 'sign-in-failed' })
  })

  it('takes a challenge once, even at the same time, and only while it is fresh', async () => {
    const once = await request(holder)
    const both = await Promise.all([answer(once), answer(once)])
    expect(both.filter((each) => (each as { status: number }).status === 201)).toHaveLength(1)
    expect(await answer(once)).toMatchObject({ code: 'sign-in-failed' })
    const late = await request(holder)
    clock.advance(300)
    expect(await answer(late)).toMatchObject({ code: 'sign-in-failed' })
  })
})

describe('a vault', () => {
  it('takes an index only over the version that was read', async () => {
    const { counter } = await stranger.api.vault()
    await stranger.api.replaceVaultIndex(counter, 'AAAA')
    const before = await stateOf(authority)
    expect(await codeOf(stranger.api.replaceVaultIndex(counter, 'BBBB'))).toBe('stale-version')
    expect(await codeOf(stranger.api.replaceVaultIndex(counter + 2, 'BBBB'))).toBe('stale-version')
    expect(await stateOf(authority)).toEqual(before)
  })

  it('keeps no bytes for which it has no room', async () => {
    const { vaults } = authority.features
    const full = (await vaults.get(stranger.key.account))!
    await vaults.replace({ ...full, usedBytes: 200_000_000 })
    const sealed = new TextEncoder().encode('sealed')
    const sha256 = Buffer.from(await crypto.subtle.digest('SHA-256', sealed)).toString('hex')
    const before = await stateOf(authority)
    expect(await codeOf(stranger.api.putItem(sha256, sealed))).toBe('vault-full')
    expect(await stateOf(authority)).toEqual(before)
  })

  it('keeps its last way in', async () => {
    const { wraps } = await stranger.api.vault()
    for (const { wrap } of wraps.slice(1)) await stranger.api.removeWrap(wrap)
    const before = await stateOf(authority)
    expect(await codeOf(stranger.api.removeWrap(wraps[0]!.wrap))).toBe('last-way-in')
    expect(await stateOf(authority)).toEqual(before)
  })
})

describe('an enrolment', () => {
  it('takes the same request again, and no other one', async () => {
    const desk = await openOperatorsDesk(authority)
    const { enrolment, secret } = await desk.api.invite('Organisation 8')
    const person = await newPerson(authority)
    const { wallet, caught } = catching(person, 'requestEnrolment')
    await enrol(wallet, { enrolment, secret }).catch(() => undefined)
    const body = caught[0]![1] as EnrolmentRequest
    const requested = await person.api.requestEnrolment(enrolment, body)
    const before = await stateOf(authority)
    expect(await person.api.requestEnrolment(enrolment, body)).toEqual(requested)
    expect(await codeOf(person.api.requestEnrolment(enrolment, { ...body, secret: 'A'.repeat(43) }))).toBe('enrolment-not-usable')
    expect(await codeOf(stranger.api.requestEnrolment(enrolment, body))).toBe('statement-refused')
    expect(await stateOf(authority)).toEqual(before)
    expect(await codeOf(enrol(await newPerson(authority), { enrolment, secret }))).toBe('enrolment-not-usable')
  })

  it('of another reviewer changes nothing, and the roster neither', async () => {
    const desk = await openOperatorsDesk(authority)
    const [first, second] = await Promise.all(['Organisation 6', 'Organisation 7'].map((organisation) => desk.api.invite(organisation)))
    await enrol(await newPerson(authority), first!)
    await enrol(await newPerson(authority), second!)
    const { data } = await desk.api.enrolments()
    const { request } = data.find(({ enrolment }) => enrolment === first!.enrolment)!
    const roster = await desk.api.roster()
    const now = clock.nowSeconds()
    const entry = { ...request!, organisation: 'Organisation 6', notBeforeSeconds: now, notAfterSeconds: now + 86_400 }
    const sequence = roster.sequence + 1
    const hash = rosterHash({ sequence, entries: [...roster.entries, entry] })
    const content = {
      kind: 'roster',
      issuer: authority.issuer,
      environment: 'test',
      issuedAtSeconds: now,
      subject: 'roster',
      subjectVersion: roster.sequence,
    } as const
    const statement: RosterStatement = { ...content, id: newId('act'), action: 'add', entry, sequence, rosterHash: hash }
    const change = async (changes: Partial<RosterStatement>, enrolment = first!.enrolment): Promise<string> =>
      codeOf(signAgain(desk, desk.credentialId, statement, changes).then((signed) => desk.api.changeRoster({ signed, enrolment })))
    const before = await stateOf(authority)
    expect(await change({}, second!.enrolment)).toBe('enrolment-not-usable')
    expect(await change({}, newId('enrolment'))).toBe('enrolment-not-usable')
    expect(await change({ sequence: sequence + 1 })).toBe('roster-sequence')
    expect(await change({ rosterHash: 'A'.repeat(43) })).toBe('roster-sequence')
    expect(await change({ subjectVersion: sequence })).toBe('stale-version')
    expect(await change({ issuedAtSeconds: now - 601 })).toBe('statement-expired')
    expect(await change({ issuer: 'https://elsewhere.example' })).toBe('statement-refused')
    const signed = await signAgain(stranger, stranger.credentialId, statement)
    expect(await codeOf(desk.api.changeRoster({ signed, enrolment: first!.enrolment }))).toBe('passkey-unknown')
    expect(await stateOf(authority)).toEqual(before)
    expect(await change({})).toBe('was done')
    expect(await desk.api.roster()).toMatchObject({ sequence, rosterHash: hash })
  })
})

describe('an attestation', () => {
  const frame = () =>
    ({ issuer: authority.issuer, environment: 'test', id: newId('act'), issuedAtSeconds: clock.nowSeconds(), subject: attestation, subjectVersion: 0 }) as const
  const jwk = { kty: 'EC', crv: 'P-256', x: 'A'.repeat(43), y: 'A'.repeat(43) } as const
  const keyStatement = (): IssuanceKeyStatement => ({ ...frame(), kind: 'issuance-key', jwk })
  const revocation = (): RevocationStatement => ({ ...frame(), kind: 'revocation' })
  const ask = async (wallet: Wallet, count = 1): Promise<BatchRequest> => {
    const { wallet: listening, caught } = catching(wallet, 'requestBatch')
    await refillCredentials(listening, { attestation, format: 'vc+jwt', count }).catch(() => undefined)
    return caught[0]![1] as BatchRequest
  }

  test.each<[string, string, Partial<IssuanceKeyStatement>]>([
    ['another issuer', 'statement-refused', { issuer: 'https://elsewhere.example' }],
    ['another environment', 'statement-refused', { environment: 'production' }],
    ['another attestation', 'statement-refused', { subject: derivedId('attestation', 'other') }],
    ['another version', 'stale-version', { subjectVersion: 1 }],
    ['an old time', 'statement-expired', { issuedAtSeconds: 0 }],
  ])('takes no statement of %s', async (_name, code, changes) => {
    const before = await stateOf(authority)
    const key = await signAgain(holder, holder.credentialId, keyStatement(), changes)
    expect(await codeOf(holder.api.addIssuanceKey(attestation, { signed: key }))).toBe(code)
    const signed = await signAgain<RevocationStatement>(holder, holder.credentialId, revocation(), changes as unknown as Partial<RevocationStatement>)
    expect(await codeOf(holder.api.revoke(attestation, { signed }))).toBe(code)
    expect(await stateOf(authority)).toEqual(before)
  })

  it('takes no statement of another’s passkey, and none that was signed as another', async () => {
    const before = await stateOf(authority)
    const foreign = await signAgain(stranger, stranger.credentialId, keyStatement())
    expect(await codeOf(holder.api.addIssuanceKey(attestation, { signed: foreign }))).toBe('passkey-unknown')
    const [one, other] = [await signAgain(holder, holder.credentialId, keyStatement()), await signAgain(holder, holder.credentialId, keyStatement())]
    expect(await codeOf(holder.api.addIssuanceKey(attestation, { signed: { ...one, assertion: other.assertion } }))).toBe('statement-refused')
    const ofRevocation = await signAgain(holder, holder.credentialId, revocation())
    expect(await codeOf(holder.api.addIssuanceKey(attestation, { signed: { statement: keyStatement(), assertion: ofRevocation.assertion } }))).toBe(
      'statement-refused',
    )
    expect(await stateOf(authority)).toEqual(before)
  })

  it('authorises an issuance key once, however often the statement comes', async () => {
    const signed = await signAgain(holder, holder.credentialId, keyStatement())
    const reply = await holder.api.addIssuanceKey(attestation, { signed })
    const before = await stateOf(authority)
    expect(await holder.api.addIssuanceKey(attestation, { signed })).toEqual(reply)
    expect(await stateOf(authority)).toEqual(before)
  })

  it('gives a batch once, to its holder alone, and only while the request is fresh', async () => {
    const request = await ask(holder)
    expect(await codeOf(stranger.api.requestBatch(attestation, request))).toBe('not-found')
    expect((await holder.api.requestBatch(attestation, request)).credentials).toHaveLength(1)
    const before = await stateOf(authority)
    expect(await codeOf(holder.api.requestBatch(attestation, request))).toBe('request-replayed')
    expect(await stateOf(authority)).toEqual(before)
    const [both, late] = [await ask(holder), await ask(holder)]
    const settled = await Promise.all([1, 2].map(() => codeOf(holder.api.requestBatch(attestation, both))))
    expect(settled.toSorted()).toEqual(['request-replayed', 'was done'])
    clock.advance(601)
    expect(await codeOf(holder.api.requestBatch(attestation, late))).toBe('statement-expired')
  })

  it('gives no batch to a key that the person did not authorise, or for another attestation', async () => {
    const before = await stateOf(authority)
    // A device that only says its key is authorised.
    const { data } = await holder.api.attestations()
    const memory = new Map<string, string>()
    const liar = {
      ...holder,
      memory: { get: (key: string) => Promise.resolve(memory.get(key)), set: async (key: string, value: string) => void memory.set(key, value) },
    }
    const api = { ...holder.api, attestations: async () => ({ data: data.map((each) => ({ ...each, issuanceKeys: [ownKey(memory)] })) }) }
    const request = await ask({ ...liar, api } as unknown as Wallet)
    expect(await codeOf(holder.api.requestBatch(attestation, request))).toBe('issuance-key-unknown')
    expect(await codeOf(holder.api.requestBatch(derivedId('attestation', randomUUID()), request))).toBe('not-found')
    expect(await codeOf(holder.api.requestBatch(attestation, { request: `${request.request}AA` }))).toMatch(/invalid-request|issuance-key-unknown/)
    expect(await stateOf(authority)).toEqual(before)
  })

  it('gives nothing more once it is revoked, and is revoked only once', async () => {
    await refillCredentials(holder, { attestation, format: 'vc+jwt', count: 1 })
    const request = await ask(holder)
    await revoke(holder, attestation)
    const before = await stateOf(authority)
    expect(await codeOf(holder.api.requestBatch(attestation, request))).toBe('attestation-not-valid')
    expect(await codeOf(signAgain(holder, holder.credentialId, keyStatement()).then((signed) => holder.api.addIssuanceKey(attestation, { signed })))).toBe(
      'attestation-not-valid',
    )
    const again = await signAgain<RevocationStatement>(holder, holder.credentialId, revocation())
    expect((await holder.api.revoke(attestation, { signed: again })).state).toBe('revoked')
    expect(await stateOf(authority)).toEqual(before)
  })

  const ownKey = (memory: ReadonlyMap<string, string>): unknown => JSON.parse(memory.get(`issuance-key ${attestation}`) ?? '{}')
})

test('a session ends after twelve hours, and at once by signing out', async () => {
  const person = await newPerson(authority)
  await person.api.account()
  clock.advance(12 * 3600)
  expect(await codeOf(person.api.account())).toBe('sign-in-required')
  const other = await newPerson(authority)
  await other.api.signOut()
  expect(await codeOf(other.api.account())).toBe('sign-in-required')
})
