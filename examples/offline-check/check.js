// Checks one presentation without any network: node check.js bundle.jwt presentation.jwt
// Settings: ISSUER, ROOT, AUDIENCE, NONCE; ENVIRONMENT (test) and STATE (where to remember how far the authority had got).
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { authorityFromBundle, isRefusal, verifyAttestation } from '@vouchsafe/verify'

const [bundleFile, presentationFile] = process.argv.slice(2)
const { ISSUER: issuer, ROOT: rootThumbprint, AUDIENCE: audience, NONCE: nonce, ENVIRONMENT: environment = 'test', STATE = 'authority.json' } = process.env

try {
  const remembered = existsSync(STATE) ? JSON.parse(readFileSync(STATE, 'utf8')) : undefined
  const bundle = readFileSync(bundleFile, 'utf8').trim()
  const authority = await authorityFromBundle({ bundle, issuer, rootThumbprint, ...(remembered && { remembered }) })
  const presentation = readFileSync(presentationFile, 'utf8').trim()
  const verified = await verifyAttestation(presentation, {
    authority,
    audience,
    nonce,
    maxStatusAgeSeconds: 86_400,
    requiredPolicy: 'identified/v1',
    environment,
  })
  writeFileSync(STATE, JSON.stringify(authority.remembered()))
  console.log(`valid; the status is ${verified.statusAgeSeconds} s old`)
} catch (error) {
  if (!isRefusal(error)) throw error
  console.log(`${error.verdict}: ${error.code}`)
  process.exitCode = error.verdict === 'invalid' ? 1 : 2
}
