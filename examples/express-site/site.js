// A site that lets identified people in. Start: ISSUER=http://localhost:8080 ROOT=thumbprint node site.js
import { randomBytes } from 'node:crypto'
import express from 'express'
import { acceptOnce, authorityFromUrl, isRefusal, memoryNonceStore, verifyAttestation } from '@vouchsafe/verify'

const { ISSUER: issuer = 'http://localhost:8080', ROOT: rootThumbprint, ENVIRONMENT: environment = 'test', HOST = '127.0.0.1', PORT = '3000' } = process.env

// One authority object for the life of the process: it caches keys and lists, and it cannot be turned back.
const authority = authorityFromUrl({ issuer, ...(rootThumbprint && { rootThumbprint }) })
const nonceStore = memoryNonceStore()
const noncesBySession = new Map()

const app = express()
let audience

// A nonce for each visit, bound to a cookie that neither scripts nor other sites can use.
app.post('/session', (request, response) => {
  const session = randomBytes(24).toString('base64url')
  const nonce = randomBytes(24).toString('base64url')
  noncesBySession.set(session, nonce)
  response.cookie('session', session, { httpOnly: true, sameSite: 'strict', secure: audience.startsWith('https:') })
  response.json({ nonce, audience })
})

app.post('/presentations', express.json({ limit: '32kb' }), async (request, response) => {
  const session = /(?:^|; *)session=([\w-]+)/.exec(request.get('cookie') ?? '')?.[1]
  const nonce = noncesBySession.get(session)
  if (nonce === undefined) return response.status(401).json({ code: 'no-session' })
  try {
    const verified = await verifyAttestation(request.body?.presentation, {
      authority,
      audience,
      nonce,
      maxStatusAgeSeconds: 300,
      requiredPolicy: 'identified/v1',
      environment,
    })
    await acceptOnce({ nonceStore }, verified)
    noncesBySession.delete(session)
    response.json({ welcome: true, holder: verified.holder, statusAgeSeconds: verified.statusAgeSeconds })
  } catch (error) {
    if (!isRefusal(error)) throw error
    response.status(error.verdict === 'invalid' ? 403 : 503).json({ code: error.code })
  }
})

const server = app.listen(Number(PORT), HOST, () => {
  audience = process.env.AUDIENCE ?? `http://${HOST}:${server.address().port}`
  console.log(`A site for identified people on ${audience}`)
})
