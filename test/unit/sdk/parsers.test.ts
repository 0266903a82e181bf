import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { isLowS, readCompactJws } from '../../../sdk/src/compact-jws.ts'
import { didOfJwk, importP256Key, isP256Jwk, type P256Jwk } from '../../../sdk/src/p256-key.ts'
import { bytesOfBase64url } from '../../../sdk/src/strict-base64url.ts'
import { strictJsonObject } from '../../../sdk/src/strict-json.ts'
import { newKey, withS } from '../../support/token-forge.ts'

const oneOf = (characters: string) => fc.constantFrom(...Array.from(characters))
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)

describe('strict base64url', () => {
  test('reads every value in its only spelling', () => {
    fc.assert(fc.property(fc.uint8Array(), (bytes) => expect(bytesOfBase64url(Buffer.from(bytes).toString('base64url'))).toEqual(new Uint8Array(bytes))))
  })

  test('accepts a text only if encoding its value again gives the same text', () => {
    const text = fc.string({ unit: oneOf('AQgwZz09-_+/= \n\u00e9') })
    fc.assert(
      fc.property(text, (spelling) => {
        const bytes = bytesOfBase64url(spelling)
        expect(bytes === undefined || Buffer.from(bytes).toString('base64url') === spelling).toBe(true)
      }),
      { numRuns: 2000 },
    )
  })
})

describe('strict JSON', () => {
  const shallow = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 6 }), { noNullPrototype: true })

  test('reads what JSON.stringify writes, indented or not', () => {
    fc.assert(fc.property(shallow, fc.constantFrom(0, 2), (value, indent) => expect(strictJsonObject(utf8(JSON.stringify(value, null, indent)))).toEqual(JSON.parse(JSON.stringify(value))))) // prettier-ignore
  })

  test('refuses any object that names a member twice, wherever it is and however it is escaped', () => {
    const escaped = (name: string): string => `"${Array.from({ length: name.length }, (_, at) => `\\u${name.charCodeAt(at).toString(16).padStart(4, '0')}`).join('')}"` // prettier-ignore
    fc.assert(
      fc.property(fc.string(), fc.boolean(), fc.jsonValue({ maxDepth: 3 }), (name, isEscaped, value) => {
        const second = isEscaped ? escaped(name) : JSON.stringify(name)
        const inner = `{${JSON.stringify(name)}:${JSON.stringify(value)} , ${second} : 1}`
        expect(strictJsonObject(utf8(inner))).toBeUndefined()
        expect(strictJsonObject(utf8(`{"outer":[[],${inner}]}`))).toBeUndefined()
      }),
    )
  })

  test('never throws, whatever the bytes', () => {
    fc.assert(fc.property(fc.uint8Array(), (bytes) => expect(() => strictJsonObject(bytes)).not.toThrow()))
    fc.assert(
      fc.property(fc.string({ unit: oneOf('{}[]":,\\a1 ') }), (text) => expect(() => strictJsonObject(utf8(text))).not.toThrow()),
      { numRuns: 2000 },
    )
  })

  test('takes twelve levels and not thirteen', () => {
    const nested = (levels: number): Uint8Array => utf8(`${'{"x":'.repeat(levels - 1)}{}${'}'.repeat(levels - 1)}`)
    expect(strictJsonObject(nested(12))).toBeDefined()
    expect(strictJsonObject(nested(13))).toBeUndefined()
  })

  test('tells values that look like members from members', () => {
    expect(strictJsonObject(utf8('{"a":["b","b",{"a":"a"}],"c":"\\"a\\":1","d":{"a":"\\\\"}}'))).toBeDefined()
  })
})

describe('compact JWS', () => {
  test('is never read from noise, and noise never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: oneOf('eyJ.A-_=~ ') }), (text) => expect(readCompactJws(text, 10_000)).toBeUndefined()),
      { numRuns: 2000 },
    )
  })
})

describe('P-256', () => {
  const order = Buffer.from('ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551', 'hex')
  const half = Buffer.from('7fffffff800000007fffffffffffffffde737d56d38bcf4279dce5617e3192a8', 'hex')
  const signatureWith = (s: Uint8Array): Uint8Array => Buffer.concat([Buffer.alloc(32, 1), s])

  test('half of the order is low, one more is high', () => {
    expect(isLowS(signatureWith(half))).toBe(true)
    expect(isLowS(signatureWith(Buffer.concat([half.subarray(0, 31), Buffer.from([0xa9])])))).toBe(false)
    expect(isLowS(signatureWith(order))).toBe(false)
    expect(isLowS(signatureWith(Buffer.alloc(32)))).toBe(true)
  })

  test('of s and n − s exactly one is low', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 64, maxLength: 64 }), (bytes) => {
        const signature = Buffer.from(bytes)
        signature[32] = signature[32]! & 0x7e
        expect([isLowS(withS('low', signature)), isLowS(withS('high', signature))]).toEqual([true, false])
      }),
    )
  })

  test('a did:jwk is the canonical JSON of its key', async () => {
    const { jwk } = await newKey()
    const did = didOfJwk(jwk as P256Jwk)
    expect(JSON.parse(Buffer.from(did.slice('did:jwk:'.length), 'base64url').toString())).toEqual(jwk)
    expect(Buffer.from(did.slice('did:jwk:'.length), 'base64url').toString()).toMatch(/^\{"crv":.*,"kty":.*,"x":.*,"y":/)
  })

  test('imports points of the curve and nothing else', async () => {
    const { jwk } = await newKey()
    expect(isP256Jwk(jwk)).toBe(true)
    expect(await importP256Key(jwk as P256Jwk)).toBeDefined()
    expect(await importP256Key({ ...(jwk as P256Jwk), y: jwk.x })).toBeUndefined()
    expect(isP256Jwk({ ...jwk, x: jwk.x.slice(1) })).toBe(false)
  })
})
