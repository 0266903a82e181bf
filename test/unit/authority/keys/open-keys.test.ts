import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createPublicKey, verify } from 'node:crypto'
import { compactVerify, importJWK } from 'jose'
import { p256 } from '@noble/curves/nist'
import { generateKeys, listKeyFaults, openKeys, type KeysInput } from '../../../../src/authority/keys/index.ts'
import { unsealedKey } from '../../../../src/authority/keys/sealed-key.ts'
import { signedTrustFile } from '../../../../src/authority/keys/signers.ts'
import { fromBase64url } from '../../../../src/shared/base64url.ts'
import { checkpointText, signedCheckpoint, verifiedCheckpoint } from '../../../../src/shared/checkpoint.ts'
import { verifiedTrust } from '../../../../src/shared/trust.ts'
import { validate } from '../../../../src/shared/validate.ts'

const directory = mkdtempSync(join(tmpdir(), 'vouchsafe-keys-'))
const nowSeconds = 1_795_000_000
const folder = (): string => mkdtempSync(join(directory, 'keys-'))
const input = (change: Partial<KeysInput> = {}): KeysInput => ({
  directory: folder(),
  secret: undefined,
  issuer: 'http://localhost:8080',
  environment: 'test',
  rpId: 'localhost',
  origins: ['http://localhost:8080'],
  rosterDelaySeconds: 0,
  clock: { nowSeconds: () => nowSeconds },
  ...change,
})
const modeOf = (path: string): number => statSync(path).mode & 0o777

afterAll(() => rmSync(directory, { recursive: true }))

describe('openKeys', () => {
  it('generates keys in the test environment and opens the same ones again', async () => {
    const where = input()
    const first = await openKeys(where)
    const second = await openKeys(where)
    expect(second.signedTrust).toEqual(first.signedTrust)
    expect(first.trust).toMatchObject({ demo: true, sequence: 1, environment: 'test' })
    expect(validate('records/trust', first.trust)).toEqual([])
    expect(validate('records/signed-trust', first.signedTrust)).toEqual([])
    expect(readdirSync(where.directory).sort()).toEqual(['operators', 'private', 'public'])
  })

  it('keeps private files to their owner', async () => {
    const where = input()
    await openKeys(where)
    const files = ['private', 'operators'].flatMap((part) => readdirSync(join(where.directory, part)).map((name) => join(where.directory, part, name)))
    expect(files.length).toBe(11)
    expect(files.map(modeOf)).toEqual(files.map(() => 0o600))
    expect([modeOf(join(where.directory, 'private')), modeOf(join(where.directory, 'operators'))]).toEqual([0o700, 0o700])
  })

  it('publishes a trust file that its pinned root signed, and the keys of it', async () => {
    const where = input()
    const keys = await openKeys(where)
    const { trust } = await verifiedTrust(keys.signedTrust, { issuer: where.issuer, rootThumbprint: keys.rootThumbprint, nowSeconds })
    const read = (name: string): unknown => JSON.parse(readFileSync(join(where.directory, 'public', name), 'utf8'))
    expect(read('trust.json')).toEqual(keys.signedTrust)
    expect(read('jwks.json')).toEqual(keys.jwks)
    expect(read('did.json')).toEqual(keys.didDocument)
    expect(trust.keys.map(({ kid }) => kid.replace('did:web:localhost%3A8080', ''))).toEqual(['#credential-1', '#credential-di-1', '#status-1', '#status-di-1', '#bundle-1', '#log-1', 'oprf-1']) // prettier-ignore
    expect(keys.didDocument.assertionMethod).not.toContain(keys.bundleSigner.kid)
    expect(JSON.stringify([keys.jwks, keys.didDocument, keys.trust])).not.toMatch(/"d"|"k":|secret/)
  })

  it('signs by the published keys: jose and node:crypto agree', async () => {
    const keys = await openKeys(input())
    for (const signer of [keys.credentialSigner, keys.statusSigner, keys.bundleSigner]) {
      const jwk = keys.jwks.keys.find(({ kid }) => kid === signer.kid)
      const { protectedHeader, payload } = await compactVerify(await signer.sign({ a: 1 }, { typ: 'x' }), await importJWK(jwk!, 'ES256'))
      expect(protectedHeader).toEqual({ alg: 'ES256', typ: 'x', kid: signer.kid })
      expect(new TextDecoder().decode(payload)).toBe('{"a":1}')
    }
    for (const signer of [keys.dataIntegritySigners.credential, keys.dataIntegritySigners.status]) {
      const jwk = keys.trust.keys.find(({ kid }) => kid === signer.id)?.jwk
      const data = Uint8Array.of(1, 2, 3)
      expect(verify(null, data, createPublicKey({ key: jwk as never, format: 'jwk' }), await signer.sign({ data }))).toBe(true)
    }
  })

  it('signs checkpoints that the verifier key of the trust file accepts', async () => {
    const { logSigner, trust } = await openKeys(input())
    const checkpoint = { origin: logSigner.origin, treeSize: 7, rootHash: new Uint8Array(32) }
    const note = signedCheckpoint(checkpoint, logSigner.publicKey, await logSigner.sign(new TextEncoder().encode(checkpointText(checkpoint))))
    expect(verifiedCheckpoint(note, trust.keys.find(({ use }) => use === 'log')!.verifierKey!)).toEqual(checkpoint)
    expect(logSigner.origin).toBe('localhost:8080/log')
  })

  it('signs with low s, 200 times of 200', async () => {
    const { credentialSigner } = await openKeys(input())
    const signatures = await Promise.all(Array.from({ length: 200 }, (_, n) => credentialSigner.sign({ n }, { typ: 'x' })))
    const isLow = (jws: string): boolean => !p256.Signature.fromBytes(fromBase64url(jws.split('.')[2]!), 'compact').hasHighS()
    expect(signatures.filter(isLow)).toHaveLength(200)
  })

  it('gives the OPRF key and a permutation key of 32 bytes', async () => {
    const { oprfKeys, statusPermutationKey } = await openKeys(input())
    expect(oprfKeys.map(({ id, privateKey, publicKey }) => [id, privateKey.length, publicKey.length])).toEqual([['oprf-1', 32, 33]])
    expect(statusPermutationKey).toHaveLength(32)
  })

  it('writes the demo operator, whose public part is in the trust file', async () => {
    const where = input()
    const { trust } = await openKeys(where)
    const { operator, credentialId, publicKey, privateKeyJwk, ...rest } = JSON.parse(readFileSync(join(where.directory, 'operators/operator-1.json'), 'utf8')) as Record<string, never>
    expect(trust.operators).toEqual([{ operator, passkey: { credentialId, publicKey } }])
    expect(privateKeyJwk).toMatchObject({ kty: 'EC', crv: 'P-256' })
    expect(rest).toEqual({})
  })

  it('signs the trust file again when it is about to expire or its settings change', async () => {
    const where = input()
    const first = await openKeys(where)
    const later = await openKeys({ ...where, clock: { nowSeconds: () => first.trust.expiresAtSeconds + 5 } })
    expect(later.trust).toMatchObject({ sequence: 2, keys: first.trust.keys })
    expect(later.rootThumbprint).toBe(first.rootThumbprint)
    const moved = await openKeys({ ...where, origins: ['http://localhost:8080', 'http://127.0.0.1:8080'], clock: { nowSeconds: () => first.trust.expiresAtSeconds + 5 } })
    expect(moved.trust).toMatchObject({ sequence: 3, origins: ['http://localhost:8080', 'http://127.0.0.1:8080'] })
  })

  it('gives every one of several simultaneous first starts the same keys', async () => {
    const where = input()
    const started = await Promise.all([openKeys(where), openKeys(where), openKeys(where)])
    expect(new Set(started.map(({ rootThumbprint }) => rootThumbprint)).size).toBe(1)
  })

  it('ignores a set whose making was cut short', async () => {
    const where = input()
    mkdirSync(join(where.directory, '.generating-0123456789ab/private'), { recursive: true })
    writeFileSync(join(where.directory, '.generating-0123456789ab/private/root.jwe'), 'half')
    await expect(openKeys(where)).resolves.toMatchObject({ trust: { sequence: 1 } })
  })

  it.each([[['public']], [['operators', 'public']], [['private', 'operators', 'public']]])('finishes a set whose moving was cut short before %j', async (missing) => {
    const where = input()
    const { rootThumbprint } = await openKeys(where)
    mkdirSync(join(where.directory, '.generated'))
    for (const part of missing) renameSync(join(where.directory, part), join(where.directory, '.generated', part))
    expect((await openKeys(where)).rootThumbprint).toBe(rootThumbprint)
    expect(existsSync(join(where.directory, '.generated'))).toBe(false)
  })
})

describe('openKeys refuses with key-sealed', () => {
  const refusal = { code: 'key-sealed' }
  const opened = async (): Promise<KeysInput> => {
    const where = input()
    await openKeys(where)
    return where
  }

  it('another secret, naming every sealed file at once and showing nothing of them', async () => {
    const where = await opened()
    const faults = await listKeyFaults({ ...where, secret: new Uint8Array(32) })
    expect(faults).toHaveLength(8)
    expect(faults[0]).toMatch(/^private\/credential-1\.jwe cannot be unsealed/)
    await expect(openKeys({ ...where, secret: new Uint8Array(32) })).rejects.toMatchObject({ ...refusal, message: expect.not.stringMatching(/eyJ/) })
  })

  it('a secret of the wrong length, and none in production', async () => {
    const where = await opened()
    await expect(openKeys({ ...where, secret: new Uint8Array(31) })).rejects.toMatchObject(refusal)
    expect((await listKeyFaults({ ...where, environment: 'production' })).filter((fault) => fault.includes('the secret is missing'))).toHaveLength(8)
  })

  it('demo keys in production', async () => {
    const where = await opened()
    const secret = fromBase64url(readFileSync(join(where.directory, 'private/secret'), 'utf8').trim())
    const faults = await listKeyFaults({ ...where, secret, environment: 'production' })
    expect(faults).toEqual(['public/trust.json is of the test environment.', 'public/trust.json holds demo keys, which production refuses.'])
  })

  it('an empty folder in production, and generates nothing there', async () => {
    const where = input({ environment: 'production', secret: new Uint8Array(32) })
    await expect(openKeys(where)).rejects.toMatchObject(refusal)
    expect(readdirSync(where.directory)).toEqual([])
  })

  it('a private file that others can read', async () => {
    const where = await opened()
    chmodSync(join(where.directory, 'private/credential-1.jwe'), 0o644)
    expect(await listKeyFaults(where)).toEqual([expect.stringMatching(/^private\/credential-1\.jwe may be read/)])
  })

  it('a missing private file', async () => {
    const where = await opened()
    rmSync(join(where.directory, 'private/oprf-1.jwe'))
    await expect(openKeys(where)).rejects.toMatchObject({ ...refusal, faults: [{ pointer: '/private/oprf-1.jwe', message: 'is missing' }] })
  })

  it('private keys that changed places', async () => {
    const where = await opened()
    copyFileSync(join(where.directory, 'private/status-1.jwe'), join(where.directory, 'private/credential-1.jwe'))
    expect(await listKeyFaults(where)).toEqual([expect.stringMatching(/^private\/credential-1\.jwe cannot be unsealed/)])
  })

  it('a trust file by another root, even if that root is genuine elsewhere', async () => {
    const [where, other] = [await opened(), await opened()]
    copyFileSync(join(other.directory, 'public/trust.json'), join(where.directory, 'public/trust.json'))
    await expect(openKeys(where)).rejects.toMatchObject(refusal)
  })

  it('a key that is active after its time, for verifiers refuse what it signs', async () => {
    const where = { ...input(), secret: new Uint8Array(32) }
    const { trust, rootThumbprint } = await openKeys(where)
    const root = await unsealedKey(where.secret, { name: 'root', rootThumbprint }, readFileSync(join(where.directory, 'private/root.jwe'), 'utf8'))
    const keys = trust.keys.map((key) => (key.use === 'bundle' ? { ...key, notAfterSeconds: nowSeconds + 10 } : key))
    writeFileSync(join(where.directory, 'public/trust.json'), JSON.stringify(await signedTrustFile(root!, { ...trust, keys })))
    expect(await listKeyFaults({ ...where, clock: { nowSeconds: () => nowSeconds + 9 } })).toEqual([])
    const faults = await listKeyFaults({ ...where, clock: { nowSeconds: () => nowSeconds + 10 } })
    expect(faults).toEqual(['public/trust.json has bundle-1 as active, though its time is over.'])
  })

  it('a trust file of another issuer', async () => {
    const where = await opened()
    await expect(openKeys({ ...where, issuer: 'http://localhost:9999' })).rejects.toMatchObject(refusal)
  })

  it('private keys without their trust file, and does not make new ones over them', async () => {
    const where = await opened()
    rmSync(join(where.directory, 'public'), { recursive: true })
    await expect(openKeys(where)).rejects.toMatchObject({ ...refusal, faults: [{ pointer: '/public/trust.json', message: expect.stringContaining('missing') }] })
  })
})

describe('generateKeys', () => {
  it('makes production keys with the operators that it is given, and no operator or secret files', async () => {
    const secret = new Uint8Array(32).fill(7)
    const operators = [{ operator: `operator_${'a'.repeat(26)}`, passkey: { credentialId: 'AA', publicKey: 'AA' } }]
    const where = input({ environment: 'production', issuer: 'https://authority.example', secret })
    await generateKeys({ ...where, secret, operators })
    const keys = await openKeys(where)
    expect(keys.trust).toMatchObject({ demo: false, environment: 'production', operators })
    expect(existsSync(join(where.directory, 'operators')) || existsSync(join(where.directory, 'private/secret'))).toBe(false)
  })
})
