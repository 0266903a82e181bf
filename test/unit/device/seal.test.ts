import fc from 'fast-check'
import { generateX25519Identity, identityToRecipient } from 'age-encryption'
import { newIdentity, openWith, recipientOf, sealTo } from '../../../src/device/seal/age.ts'
import { openFile } from '../../../src/device/seal/open-file.ts'
import { padded, padmeSize, unpadded } from '../../../src/device/seal/padding.ts'
import { sealFile } from '../../../src/device/seal/seal-file.ts'

describe('padding', () => {
  test('gives back any content', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 5000 }), (content) => expect(unpadded(padded(content))).toEqual(content)))
  })

  test('never grows content by more than an eighth, and never shrinks it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 16, max: 100_000_000 }), (size) => {
        expect(padmeSize(size)).toBeGreaterThanOrEqual(size)
        expect(padmeSize(size)).toBeLessThanOrEqual(size * 1.125)
      }),
    )
  })

  test.each([[9, 10], [100, 104], [1000, 1024], [10_000, 10_240]])('pads %i bytes to %i', (size, expected) => expect(padmeSize(size)).toBe(expected)) // prettier-ignore

  test('leaves few sizes between one and two megabytes', () => {
    const sizes = new Set(Array.from({ length: 1000 }, (_, at) => padmeSize(1_048_577 + at * 1048)))
    expect(sizes.size).toBeLessThanOrEqual(33)
  })

  test('refuses padding that says something, and a length that lies', () => {
    const bytes = padded(new Uint8Array(97).fill(1))
    const marked = bytes.with(bytes.length - 1, 7)
    const longer = bytes.with(3, 200)
    for (const wrong of [marked, longer, bytes.subarray(0, 50), new Uint8Array(2)])
      expect(() => unpadded(wrong)).toThrow(expect.objectContaining({ code: 'cannot-open' }))
  })
})

describe('sealed files', () => {
  const plain = new TextEncoder().encode('UTOPIA SPECIMEN')

  test('open with their own identity, and with no other', async () => {
    const [file, other] = [await sealFile(plain), await sealFile(plain)]
    expect(await openFile(file.sealed, file)).toEqual(plain)
    await expect(openFile(file.sealed, { sha256: file.sha256, identity: other.identity })).rejects.toMatchObject({ code: 'cannot-open' })
  })

  test('are refused under another name', async () => {
    const [file, other] = [await sealFile(plain), await sealFile(plain)]
    await expect(openFile(other.sealed, { ...other, sha256: file.sha256 })).rejects.toMatchObject({ code: 'cannot-open' })
  })

  test('differ each time, though the content is the same', async () => {
    expect((await sealFile(plain)).sha256).not.toBe((await sealFile(plain)).sha256)
  })

  test('are never sealed to a recipient that a quantum computer could break', async () => {
    const classical = await identityToRecipient(await generateX25519Identity())
    await expect(sealTo(classical, plain)).rejects.toMatchObject({ code: 'cannot-open' })
  })

  test('are refused when a byte has changed', async () => {
    const identity = await newIdentity()
    const sealed = await sealTo(await recipientOf(identity), plain)
    await expect(openWith(identity, sealed.with(sealed.length - 1, (sealed.at(-1) ?? 0) ^ 1))).rejects.toMatchObject({ code: 'cannot-open' })
  })
})
