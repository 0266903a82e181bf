import { publicPasskey, softwarePasskey, softwarePasskeyFromSeed, credentialFromSeed } from '../../../src/device/software-passkey.ts'
import { signStatement, framedStatement } from '../../../src/device/sign-statement.ts'
import type { StatementFrame } from '../../../src/shared/statement.ts'
import { signInChallenge, statementChallenge } from '../../../src/shared/statement.ts'
import { assertSignedBy, assertSignIn, registeredPasskey } from '../../../src/shared/verify-assertion.ts'
import { newId } from '../../../src/shared/ids.ts'

const scope = { rpId: 'localhost', origins: ['http://localhost:8080'] }
const issuer = 'http://localhost:8080'
const frame = { issuer, environment: 'test', clock: { nowSeconds: () => 1_795_000_000 } } as const
const content = { kind: 'join', subject: newId('account'), subjectVersion: 0 }
const where = { rpId: 'localhost', origin: issuer }

async function registered(authenticator = softwarePasskey()) {
  const statement = framedStatement<StatementFrame>(frame, content)
  const registration = await authenticator.create({ ...where, userHandle: statement.subject, challenge: statementChallenge(statement) })
  return { authenticator, statement, registration, passkey: await registeredPasskey(scope, registration, statement) }
}

describe('software passkey', () => {
  test('is registered with a statement as its challenge', async () => {
    const { authenticator, passkey } = await registered()
    expect(publicPasskey(authenticator.credentials()[0]!)).toEqual(passkey)
  })

  test('is refused when it was registered for another statement', async () => {
    const { statement, registration } = await registered()
    await expect(registeredPasskey(scope, registration, { ...statement, subjectVersion: 1 })).rejects.toMatchObject({ code: 'statement-refused' })
  })

  test('signs a statement, and only that one', async () => {
    const { authenticator, passkey } = await registered()
    const signed = await signStatement<StatementFrame>({ ...frame, ...where, authenticator }, passkey.credentialId, content)
    await assertSignedBy(scope, passkey, signed)
    const other = { ...signed, statement: { ...signed.statement, subject: newId('account') } }
    await expect(assertSignedBy(scope, passkey, other)).rejects.toMatchObject({ code: 'statement-refused' })
  })

  test('is refused at an origin that is not ours', async () => {
    const { authenticator, passkey } = await registered()
    const signed = await signStatement<StatementFrame>({ ...frame, ...where, origin: 'http://evil.example', authenticator }, passkey.credentialId, content)
    await expect(assertSignedBy(scope, passkey, signed)).rejects.toMatchObject({ code: 'statement-refused' })
  })

  test('signs in again after its private part was exported and imported', async () => {
    const { authenticator, passkey } = await registered()
    const again = softwarePasskey(authenticator.credentials())
    const nonce = 'A'.repeat(43)
    const assertion = await again.get({ ...where, challenge: signInChallenge(issuer, nonce) })
    await assertSignIn(scope, passkey, issuer, nonce, assertion)
    await expect(assertSignIn(scope, passkey, 'https://other.example', nonce, assertion)).rejects.toMatchObject({ code: 'sign-in-failed' })
  })

  test('does not sign for another relying party', async () => {
    const { authenticator } = await registered()
    await expect(authenticator.get({ rpId: 'evil.example', origin: 'https://evil.example', challenge: new Uint8Array(32) })).rejects.toThrow('no such passkey')
  })

  test('follows from a seed: the same seed gives the same passkey, another account another one', async () => {
    const seed = new Uint8Array(20).fill(7)
    const statement = framedStatement<StatementFrame>(frame, content)
    const authenticator = softwarePasskeyFromSeed(seed, statement.subject)
    const registration = await authenticator.create({ ...where, userHandle: statement.subject, challenge: statementChallenge(statement) })
    const passkey = await registeredPasskey(scope, registration, statement)
    const signed = await signStatement<StatementFrame>(
      { ...frame, ...where, authenticator: softwarePasskeyFromSeed(seed, statement.subject) },
      passkey.credentialId,
      content,
    )
    await assertSignedBy(scope, passkey, signed)
    expect(publicPasskey(credentialFromSeed(seed, 'localhost', newId('account')))).not.toEqual(passkey)
  })
})
