import type { ConsentStatement, Evidence, OpeningReply, TrustFile } from '../../../src/shared/contract/types.ts'
import { toBase64url } from '../../../src/shared/base64url.ts'
import { consentHash, evidenceHash } from '../../../src/shared/evidence.ts'
import { sha256Hex } from '../../../src/shared/hash.ts'
import { newId } from '../../../src/shared/ids.ts'
import { passkeyThumbprint } from '../../../src/shared/verify-assertion.ts'
import type { Console } from '../../../src/device/console/console.ts'
import { assertConsented } from '../../../src/device/console/verify-opening.ts'
import { newIdentity, recipientOf, sealTo } from '../../../src/device/seal/age.ts'
import { signStatement } from '../../../src/device/sign-statement.ts'
import { publicPasskey, softwarePasskey } from '../../../src/device/software-passkey.ts'
import { createLog, createTrust, issuer, now, scope } from './support/log-world.ts'

const reviewer = newId('reviewer')
const caseId = newId('case')
let trust: TrustFile
let identity: string
let recipient: string
let sealedWrap: Uint8Array
const consentRefused = expect.objectContaining({ code: 'consent-refused' })

beforeAll(async () => {
  trust = (await createTrust(createLog())).trust
  identity = await newIdentity()
  recipient = await recipientOf(identity)
  sealedWrap = await sealTo(recipient, new TextEncoder().encode('{}'))
})

const reviewerConsole = (change: object = {}) =>
  ({ trust, clock: { nowSeconds: () => now }, secrets: { reviewer, identity, verdictCredentialId: 'x' }, ...change }) as unknown as Console

/** What an honest authority shows of an honest consent, unless `change` says otherwise before the person signs. */
async function opening(change: { statement?: Partial<ConsentStatement>; evidence?: Partial<Evidence> } = {}): Promise<OpeningReply> {
  const authenticator = softwarePasskey()
  await authenticator.create({ ...scope, userHandle: 'x', challenge: new Uint8Array(32) })
  const passkey = publicPasskey(authenticator.credentials()[0]!)
  const evidence: Evidence = {
    ...{ case: caseId, account: newId('account'), passkeyThumbprint: passkeyThumbprint(passkey), round: 1, code: '2K7-QMX', policy: 'identified/v1' },
    files: [{ type: 'passport', side: 'single', sha256: 'a'.repeat(64), sizeBytes: 5 }],
    ...change.evidence,
  }
  const content = {
    ...{ evidenceHash: evidenceHash(evidence), panel: [{ reviewer, organisation: 'Utopia Post', recipient }] },
    ...{ wraps: [{ reviewer, sha256: sha256Hex(sealedWrap) }], textVersion: 'consent/v1', deadlineSeconds: now + 100, predecessor: null },
    ...change.statement,
  }
  const deps = { ...scope, issuer, environment: 'test', authenticator, clock: { nowSeconds: () => now } } as const
  const about = { kind: 'consent', subject: caseId, subjectVersion: 1, evidence, consentHash: consentHash(content) } as const
  const consent = await signStatement<ConsentStatement>(deps, passkey.credentialId, { ...about, ...content })
  const { evidenceHash: hash } = content
  return {
    opening: newId('opening'),
    case: caseId,
    round: 1,
    evidence,
    evidenceHash: hash,
    consent,
    passkey,
    sealedWrap: toBase64url(sealedWrap),
    oprfKeys: [],
  }
}

describe('a reviewer’s device', () => {
  test('opens what the person consented to', async () => {
    await assertConsented(reviewerConsole(), await opening())
  })

  test('refuses a consent that the named passkey did not sign', async () => {
    const reply = await opening()
    const other = await opening()
    await expect(assertConsented(reviewerConsole(), { ...reply, passkey: other.passkey })).rejects.toMatchObject({ code: 'statement-refused' })
    const changed = { ...reply.consent, statement: { ...reply.consent.statement, deadlineSeconds: now + 9999 } }
    await expect(assertConsented(reviewerConsole(), { ...reply, consent: changed })).rejects.toMatchObject({ code: 'statement-refused' })
  })

  test('refuses a consent of a passkey that the evidence does not name', async () => {
    await expect(assertConsented(reviewerConsole(), await opening({ evidence: { passkeyThumbprint: 'A'.repeat(43) } }))).rejects.toEqual(consentRefused)
  })

  test('refuses other evidence than was consented to', async () => {
    const reply = await opening()
    const evidence = { ...reply.evidence, files: [{ ...reply.evidence.files[0]!, sha256: 'b'.repeat(64) }] }
    for (const change of [{ evidence }, { evidence, evidenceHash: evidenceHash(evidence) }, { evidenceHash: 'A'.repeat(43) }]) {
      await expect(assertConsented(reviewerConsole(), { ...reply, ...change })).rejects.toEqual(consentRefused)
    }
  })

  test('refuses hashes that are not those of the content, though the person signed them', async () => {
    await expect(assertConsented(reviewerConsole(), await opening({ statement: { evidenceHash: 'A'.repeat(43) } }))).rejects.toEqual(consentRefused)
    const reply = await opening({ statement: { consentHash: 'A'.repeat(43) } })
    await expect(assertConsented(reviewerConsole(), reply)).rejects.toEqual(consentRefused)
  })

  test('refuses when the consent does not name this reviewer with this key', async () => {
    const stranger = { reviewer: newId('reviewer'), organisation: 'x', recipient }
    await expect(assertConsented(reviewerConsole(), await opening({ statement: { panel: [stranger] } }))).rejects.toEqual(consentRefused)
    const otherKey = { reviewer, organisation: 'x', recipient: await recipientOf(await newIdentity()) }
    await expect(assertConsented(reviewerConsole(), await opening({ statement: { panel: [otherKey] } }))).rejects.toEqual(consentRefused)
  })

  test('refuses a wrap that the person did not sign for', async () => {
    const swapped = toBase64url(await sealTo(recipient, new TextEncoder().encode('{}')))
    await expect(assertConsented(reviewerConsole(), { ...(await opening()), sealedWrap: swapped })).rejects.toEqual(consentRefused)
  })

  test('refuses another case, another round, and a consent whose time is over', async () => {
    await expect(assertConsented(reviewerConsole(), { ...(await opening()), case: newId('case') })).rejects.toEqual(consentRefused)
    await expect(assertConsented(reviewerConsole(), { ...(await opening()), round: 2 })).rejects.toEqual(consentRefused)
    await expect(assertConsented(reviewerConsole(), await opening({ evidence: { round: 2 } }))).rejects.toEqual(consentRefused)
    await expect(assertConsented(reviewerConsole({ clock: { nowSeconds: () => now + 100 } }), await opening())).rejects.toEqual(consentRefused)
  })

  test('refuses a consent to another authority', async () => {
    const elsewhere = { ...trust, issuer: 'http://localhost:9999' }
    await expect(assertConsented(reviewerConsole({ trust: elsewhere }), await opening())).rejects.toEqual(consentRefused)
  })
})
