import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createInterface } from 'node:readline'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { calculateJwkThumbprint } from 'jose'
import * as forgery from '../support/token-forge.ts'

// The examples run as they are shipped, in processes of their own, against files that a small authority on a free port really serves.
const nowSeconds = Math.floor(Date.now() / 1000)
const mondaySeconds = (Math.floor(nowSeconds / 86_400) - ((Math.floor(nowSeconds / 86_400) + 3) % 7)) * 86_400
const nonce = 'nonce-of-one-visitor'

let forge: forgery.Forge
let root: string
let server: Server
let url: string
let files: Readonly<Record<string, string>>
let folder: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'examples-'))
  forge = await forgery.newForge()
  root = await calculateJwkThumbprint(forge.root.jwk)
  server = createServer((request, response) => response.writeHead(files[request.url ?? ''] === undefined ? 404 : 200).end(files[request.url ?? '']))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  files = await publishedFiles()
})

afterAll(() => {
  server.closeAllConnections()
  server.close()
  rmSync(folder, { recursive: true })
})

/** The same material by the authority on this port, dated today. */
function moved<T>(value: T): T {
  return JSON.parse(
    JSON.stringify(value)
      .replaceAll(forgery.did, `did:web:127.0.0.1%3A${new URL(url).port}`)
      .replaceAll(forgery.issuer, url),
  )
}

async function publishedFiles() {
  const life = { issuedAtSeconds: nowSeconds, expiresAtSeconds: nowSeconds + 86_400 }
  const keys = (forgery.trustPayload(forge)['keys'] as forgery.Json[]).map((key) => ({ ...key, notBeforeSeconds: nowSeconds - 60 }))
  const trust = await forgery.signedTrust(moved({ ...forgery.trustPayload(forge), ...life, keys, environment: 'test' }), forge.root)
  const listUri = moved({ uri: forgery.listUri }).uri
  const list = await forgery.sign(moved(forgery.statusHeader), moved(forgery.statusPayload({}, nowSeconds)), forge.statusKey)
  const bundle = { ...moved(forgery.bundlePayload({}, {})), trust, statusLists: { [listUri]: list }, iat: nowSeconds, exp: nowSeconds + 86_400 }
  const token = await forgery.sign(moved(forgery.bundleHeader), bundle, forge.bundleKey)
  return { '/trust.json': JSON.stringify(trust), '/status/tsl/3': list, '/trust-bundle.jwt': token }
}

async function presentation(audience: string, itsNonce: string): Promise<string> {
  const until = mondaySeconds + 28 * 86_400
  const dates = { validFrom: forgery.dateOf(mondaySeconds), iat: mondaySeconds, validUntil: forgery.dateOf(until), exp: until }
  const credential = { ...moved(forgery.credentialPayload(forge.holder)), ...dates, environment: 'test' }
  const copy = await forgery.sign(moved(forgery.credentialHeader), credential, forge.credentialKey)
  const payload = { ...forgery.presentationPayload(forge.holder, copy), aud: audience, nonce: itsNonce, iat: nowSeconds, exp: nowSeconds + 300 }
  return forgery.sign(forgery.presentationHeader(forge.holder), payload, forge.holder)
}

function start(script: string, args: readonly string[], env: Readonly<Record<string, string>>): ChildProcess {
  const settings = { PATH: process.env['PATH'], ISSUER: url, ROOT: root, ...env }
  return spawn(process.execPath, [join('examples', script), ...args], { env: settings, stdio: ['ignore', 'pipe', 'inherit'] })
}

describe('the express example', () => {
  let site: ChildProcess
  let origin: string

  beforeAll(async () => {
    site = start('express-site/site.js', [], { PORT: '0' })
    const [line] = (await once(createInterface({ input: site.stdout! }), 'line')) as [string]
    origin = line.split(' ').at(-1)!
  })

  afterAll(() => void site.kill())

  async function visit() {
    const answer = await fetch(`${origin}/session`, { method: 'POST' })
    const { nonce: given, audience } = await answer.json()
    const headers = { cookie: answer.headers.getSetCookie()[0]!.split(';')[0]!, 'content-type': 'application/json' }
    return {
      given,
      audience,
      present: (token: string) => fetch(`${origin}/presentations`, { method: 'POST', headers, body: JSON.stringify({ presentation: token }) }),
    }
  }

  test('welcomes an identified visitor once', async () => {
    const { given, audience, present } = await visit()
    const token = await presentation(audience, given)
    expect(await (await present(token)).json()).toMatchObject({ welcome: true })
    expect((await present(token)).status).toBe(401)
  })

  test('refuses another audience and another visit’s nonce by their codes', async () => {
    const { given, audience, present } = await visit()
    expect(await (await present(await presentation('https://other.example', given))).json()).toEqual({ code: 'wrong-audience' })
    expect(await (await present(await presentation(audience, 'nonce-of-another-visit'))).json()).toEqual({ code: 'wrong-nonce' })
  })
})

describe('the offline example', () => {
  async function check(bundle: string, token: string): Promise<[number, string]> {
    writeFileSync(join(folder, 'bundle.jwt'), bundle)
    writeFileSync(join(folder, 'presentation.jwt'), token)
    const settings = { AUDIENCE: 'https://ico.example', NONCE: nonce, STATE: join(folder, 'authority.json') }
    const child = start('offline-check/check.js', [join(folder, 'bundle.jwt'), join(folder, 'presentation.jwt')], settings)
    const [out, [code]] = await Promise.all([text(child.stdout!), once(child, 'exit')])
    return [code as number, out.trim()]
  }

  test('accepts without network and remembers how far the authority had got', async () => {
    const [code, out] = await check(files['/trust-bundle.jwt']!, await presentation('https://ico.example', nonce))
    expect([code, out]).toEqual([0, expect.stringMatching(/^valid; the status is \d+ s old$/)])
    expect(existsSync(join(folder, 'authority.json'))).toBe(true)
  })

  test('exits with 1 for a presentation to somebody else, and with 2 for a broken bundle', async () => {
    expect(await check(files['/trust-bundle.jwt']!, await presentation('https://other.example', nonce))).toEqual([1, 'invalid: wrong-audience'])
    expect(await check('broken', await presentation('https://ico.example', nonce))).toEqual([2, 'cannot-tell: bundle-malformed'])
  })
})
