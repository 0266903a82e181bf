import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { calculateJwkThumbprint } from 'jose'
import request from 'supertest'
import type { Express } from 'express'
import { authorityFromUrl } from '@vouchsafe/verify'
import { createDemoIco } from '../../src/demo-ico/server.ts'
import {
  filesOf,
  issuer,
  newForge,
  now,
  presentationPayload,
  credentialPayload,
  sign,
  statusPayload,
  tokenOf,
  trustPayload,
  validAttempt,
  validPublished,
} from '../support/token-forge.ts'
import type { Forge } from '../support/token-forge.ts'

const origin = 'http://127.0.0.1:8090'
let forge: Forge
let files: Record<string, string>
let requests: string[]
let site: Express

beforeAll(async () => {
  forge = await newForge()
})

beforeEach(async () => {
  files = { ...(await publish({})) }
  requests = []
  site = createDemoIco({ origin, authority: await authority(), clock: { nowSeconds: () => now } })
})

async function publish(values: Readonly<Record<number, number>>) {
  const published = validPublished(forge)
  return filesOf({ ...published, trust: { ...trustPayload(forge), environment: 'test' }, list: statusPayload(values) })
}

async function authority() {
  return authorityFromUrl({
    issuer,
    rootThumbprint: await calculateJwkThumbprint(forge.root.jwk),
    maxCacheSeconds: 0,
    fetch: async (url) => {
      requests.push(url)
      return new Response(files[new URL(url).pathname] ?? null, { status: files[new URL(url).pathname] === undefined ? 404 : 200 })
    },
  })
}

async function visit() {
  const agent = request.agent(site)
  const { body } = await agent.post('/session').expect(200)
  return { agent, nonce: body.nonce as string, audience: body.audience as string }
}

async function credential(): Promise<string> {
  const { credentialHeader, credentialSigner } = validAttempt(forge)
  return sign(credentialHeader, { ...credentialPayload(forge.holder), environment: 'test' }, credentialSigner)
}

async function presentation(nonce: string, audience = origin, holder = forge.holder): Promise<string> {
  const attempt = validAttempt(forge)
  return tokenOf({
    ...attempt,
    credentialPayload: { ...credentialPayload(forge.holder), environment: 'test' },
    presentationPayload: (made) => ({ ...presentationPayload(holder, made), aud: audience, nonce }),
  })
}

describe('the demo sale', () => {
  test('lets an identified visitor in, and knows a holder again', async () => {
    const first = await visit()
    const welcome = await first.agent.post('/presentations').send({ presentation: await presentation(first.nonce) })
    expect([welcome.status, welcome.body.welcome, welcome.body.isFirstVisit]).toEqual([200, true, true])
    const second = await visit()
    const again = await second.agent.post('/presentations').send({ presentation: await presentation(second.nonce) })
    expect([again.status, again.body.isFirstVisit]).toEqual([200, false])
    expect((await request(site).get('/contributors')).body).toEqual({ count: 1 })
  })

  test('gives each visit its own nonce and a cookie that scripts and other sites cannot use', async () => {
    const answers = [await request(site).post('/session'), await request(site).post('/session')]
    expect(answers[0]!.body.nonce).not.toBe(answers[1]!.body.nonce)
    expect(answers[0]!.headers['set-cookie']![0]).toMatch(/HttpOnly.*SameSite=Strict/)
    expect(answers[0]!.headers['set-cookie']![0]).not.toContain(answers[0]!.body.nonce)
    expect(answers[0]!.body).toMatchObject({ audience: origin, policy: 'identified/v1', walletUrl: `${issuer}/present` })
  })

  test('asks the authority for public files alone, none of which names the visitor or the site', async () => {
    const { agent, nonce } = await visit()
    await agent
      .post('/presentations')
      .send({ presentation: await presentation(nonce) })
      .expect(200)
    expect(new Set(requests)).toEqual(new Set([`${issuer}/trust.json`, `${issuer}/status/tsl/3`]))
  })
})

describe('refuses', () => {
  async function codeFor(send: (nonce: string) => Promise<unknown>): Promise<[number, string]> {
    const { agent, nonce } = await visit()
    const answer = await agent.post('/presentations').send({ presentation: await send(nonce) })
    expect(answer.headers['content-type']).toContain('application/problem+json')
    return [answer.status, answer.body.code]
  }

  test('a replay to the same visit', async () => {
    const { agent, nonce } = await visit()
    const token = await presentation(nonce)
    await agent.post('/presentations').send({ presentation: token }).expect(200)
    const replay = await agent.post('/presentations').send({ presentation: token })
    expect([replay.status, replay.body.code]).toEqual([409, 'nonce-used'])
  })

  test('all but one of twenty simultaneous answers to one nonce', async () => {
    const { agent, nonce } = await visit()
    const tokens = await Promise.all(Array.from({ length: 20 }, () => presentation(nonce)))
    const answers = await Promise.all(tokens.map((token) => agent.post('/presentations').send({ presentation: token })))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(answers.filter(({ body }) => body.code === 'nonce-used')).toHaveLength(19)
  })

  test('a replay to another visit', async () => {
    const stolen = await presentation((await visit()).nonce)
    expect(await codeFor(async () => stolen)).toEqual([403, 'wrong-nonce'])
  })

  test('a presentation made for another site', async () => {
    expect(await codeFor((nonce) => presentation(nonce, 'https://other.example'))).toEqual([403, 'wrong-audience'])
  })

  test('a bare copy', async () => {
    expect(await codeFor(credential)).toEqual([403, 'bare-credential'])
  })

  test('a revoked and a suspended holder, at the next visit', async () => {
    files = { ...(await publish({ 94_567: 1 })) }
    expect(await codeFor(presentation)).toEqual([403, 'revoked'])
    files = { ...(await publish({ 94_567: 2 })) }
    expect(await codeFor(presentation)).toEqual([403, 'suspended'])
  })

  test('everybody, as "cannot tell", when the authority gives no status', async () => {
    delete files['/status/tsl/3']
    expect(await codeFor(presentation)).toEqual([503, 'status-unavailable'])
  })

  test('a credential of the live environment: this is a test site', async () => {
    expect(await codeFor((nonce) => tokenOf({ ...validAttempt(forge), presentationPayload: (made) => ({ ...presentationPayload(forge.holder, made), aud: origin, nonce }) }))).toEqual([403, 'wrong-environment']) // prettier-ignore
  })

  test('visitors without a session', async () => {
    const answer = await request(site)
      .post('/presentations')
      .send({ presentation: await presentation('nonce-that-nobody-asked') })
    expect([answer.status, answer.body.code]).toEqual([401, 'no-session'])
  })

  test.each([
    ['no presentation', {}, 400, 'invalid-request'],
    ['a presentation that is not text', { presentation: 7 }, 400, 'invalid-request'],
    ['a body that is too large', { presentation: 'x'.repeat(40_000) }, 413, 'body-too-large'],
  ])('%s', async (_name, body, status, code) => {
    const { agent } = await visit()
    const answer = await agent.post('/presentations').send(body)
    expect([answer.status, answer.body.code]).toEqual([status, code])
  })

  test('broken JSON, without saying what was wrong in it', async () => {
    const { agent } = await visit()
    const answer = await agent.post('/presentations').set('content-type', 'application/json').send('{"presentation": secret')
    expect([answer.status, answer.body.code]).toEqual([400, 'invalid-request'])
    expect(answer.text).not.toContain('secret')
  })

  test('requests that another site makes a browser send', async () => {
    const answer = await request(site).post('/session').set('origin', 'https://evil.example')
    expect([answer.status, answer.body.code]).toEqual([403, 'origin-refused'])
  })
})

describe('the page', () => {
  test('needs nothing from anywhere else', async () => {
    const page = await request(site).get('/').expect(200)
    expect(page.headers['content-security-policy']).toContain("default-src 'none'")
    expect(page.text).not.toMatch(/<script|<link|<img|src=/)
  })

  test('does not keep its wallet window from answering', async () => {
    expect((await request(site).get('/')).headers['cross-origin-opener-policy']).toBeUndefined()
  })
})
