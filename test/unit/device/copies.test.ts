import { forgetfulMemory } from '../../../src/device/device-memory.ts'
import { newDeviceKey } from '../../../src/device/wallet/authorise-issuance-key.ts'
import { addCopies, type Copy, copiesOf, copyFor, dropCopies } from '../../../src/device/wallet/copies.ts'
import { present } from '../../../src/device/wallet/present.ts'
import { decodeJwt, decodeProtectedHeader, importJWK, jwtVerify } from 'jose'
import { newId } from '../../../src/shared/ids.ts'

const attestation = newId('attestation')
const now = 1_795_000_000
const part = (content: object): string => Buffer.from(JSON.stringify(content)).toString('base64url')
/** As the authority signs it, as far as a device reads it. */
const credential = (at: number, exp = now + 86_400): string => `${part({ at })}.${part({ exp })}.signature`

async function copies(count: number, format: Copy['format'] = 'vc+jwt'): Promise<Copy[]> {
  return Promise.all(
    Array.from({ length: count }, async (_, at) => ({ attestation, format, credential: credential(at), holderKey: await newDeviceKey('ES256') })),
  )
}

describe('copies of a credential', () => {
  test('are never shown to two audiences, and the same one to the same', async () => {
    const memory = forgetfulMemory()
    await addCopies(memory, await copies(3))
    const shown = [
      await copyFor(memory, 'vc+jwt', 'https://a.example', now),
      await copyFor(memory, 'vc+jwt', 'https://b.example', now),
      await copyFor(memory, 'vc+jwt', 'https://a.example', now),
      await copyFor(memory, 'vc+jwt', 'https://c.example', now),
    ]
    expect(shown.map((copy) => copy?.credential)).toEqual([0, 1, 0, 2].map((at) => credential(at)))
    expect(await copyFor(memory, 'vc+jwt', 'https://d.example', now)).toBeUndefined()
  })

  test('are kept apart by format', async () => {
    const memory = forgetfulMemory()
    await addCopies(memory, await copies(1, 'data-integrity'))
    expect(await copyFor(memory, 'vc+jwt', 'https://a.example', now)).toBeUndefined()
  })

  test('are not given when their time is over, not even to the audience that has seen them', async () => {
    const memory = forgetfulMemory()
    const [first, second] = await copies(2)
    await addCopies(memory, [{ ...first!, credential: credential(0, now + 99) }, second!])
    const shown = async (atSeconds: number) => (await copyFor(memory, 'vc+jwt', 'https://a.example', atSeconds))?.credential
    expect(await shown(now)).toBe(credential(0, now + 99))
    expect(await shown(now + 99)).toBe(credential(1))
    expect(await shown(now + 86_400)).toBeUndefined()
    const lapsing = { ...first!, format: 'data-integrity', credential: { validUntil: new Date((now + 99) * 1000).toISOString() } } as const
    await addCopies(memory, [lapsing])
    expect(await copyFor(memory, 'data-integrity', 'https://a.example', now + 99)).toBeUndefined()
    expect((await copyFor(memory, 'data-integrity', 'https://a.example', now))?.credential).toEqual(lapsing.credential)
  })

  test('are dropped with their attestation', async () => {
    const memory = forgetfulMemory()
    await addCopies(memory, await copies(2))
    await dropCopies(memory, (copy) => copy.attestation === attestation)
    expect(await copiesOf(memory)).toEqual([])
  })
})

describe('a presentation', () => {
  const request = { audience: 'https://sale.example', nonce: 'n'.repeat(32) }
  const clock = { nowSeconds: () => now }

  test('is signed by the copy’s holder key for one audience and one nonce, for two minutes', async () => {
    const memory = forgetfulMemory()
    const [copy] = await copies(1)
    await addCopies(memory, [copy!])
    const presentation = await present({ memory, clock }, request)
    const { d: _d, ...jwk } = copy!.holderKey
    await jwtVerify(presentation, await importJWK(jwk, 'ES256'), { currentDate: new Date(1_795_000_000_000) })
    const payload = decodeJwt(presentation)
    expect(payload).toMatchObject({ aud: request.audience, nonce: request.nonce, iat: 1_795_000_000, exp: 1_795_000_120, iss: payload['holder'] })
    expect(Object.keys(payload).toSorted()).toEqual(['@context', 'aud', 'exp', 'holder', 'iat', 'iss', 'jti', 'nonce', 'type', 'verifiableCredential'])
    expect(decodeProtectedHeader(presentation)).toEqual({ alg: 'ES256', typ: 'vp+jwt', cty: 'vp', kid: `${String(payload['holder'])}#0` })
    expect(presentation).not.toContain(copy!.holderKey.d)
  })

  test('is not made without a copy that nobody else has seen', async () => {
    const memory = forgetfulMemory()
    await addCopies(memory, await copies(1))
    await present({ memory, clock }, { ...request, audience: 'https://other.example' })
    await expect(present({ memory, clock }, request)).rejects.toMatchObject({ code: 'no-credential' })
  })
})
