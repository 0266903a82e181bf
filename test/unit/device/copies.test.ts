import { forgetfulMemory } from '../../../src/device/device-memory.ts'
import { newDeviceKey } from '../../../src/device/wallet/authorise-issuance-key.ts'
import { addCopies, type Copy, copiesOf, copyFor, dropCopies } from '../../../src/device/wallet/copies.ts'
import { present } from '../../../src/device/wallet/present.ts'
import { decodeJwt, decodeProtectedHeader, importJWK, jwtVerify } from 'jose'
import { newId } from '../../../src/shared/ids.ts'

const attestation = newId('attestation')

async function copies(count: number, format: Copy['format'] = 'vc+jwt'): Promise<Copy[]> {
  return Promise.all(
    Array.from({ length: count }, async (_, at) => ({ attestation, format, credential: `credential.${at}.${format}`, holderKey: await newDeviceKey('ES256') })),
  )
}

describe('copies of a credential', () => {
  test('are never shown to two audiences, and the same one to the same', async () => {
    const memory = forgetfulMemory()
    await addCopies(memory, await copies(3))
    const shown = [
      await copyFor(memory, 'vc+jwt', 'https://a.example'),
      await copyFor(memory, 'vc+jwt', 'https://b.example'),
      await copyFor(memory, 'vc+jwt', 'https://a.example'),
      await copyFor(memory, 'vc+jwt', 'https://c.example'),
    ]
    expect(shown.map((copy) => copy?.credential)).toEqual(['credential.0.vc+jwt', 'credential.1.vc+jwt', 'credential.0.vc+jwt', 'credential.2.vc+jwt'])
    expect(await copyFor(memory, 'vc+jwt', 'https://d.example')).toBeUndefined()
  })

  test('are kept apart by format', async () => {
    const memory = forgetfulMemory()
    await addCopies(memory, await copies(1, 'data-integrity'))
    expect(await copyFor(memory, 'vc+jwt', 'https://a.example')).toBeUndefined()
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
  const clock = { nowSeconds: () => 1_795_000_000 }

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
