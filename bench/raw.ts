import { CompactSign, compactVerify, generateKeyPair } from 'jose'
import { type Line, measure } from './measure.ts'

const algorithm = { name: 'ECDSA', hash: 'SHA-256' }

/** ES256 itself, over as many bytes as a credential has: bare WebCrypto, and jose around it. */
export async function rawLines(): Promise<readonly [sign: Line, verify: Line, joseSign: Line, joseVerify: Line]> {
  const { privateKey, publicKey } = await generateKeyPair('ES256')
  const bytes = new Uint8Array(1200).fill(0x61)
  const signature = await crypto.subtle.sign(algorithm, privateKey, bytes)
  const signJws = (): Promise<string> => new CompactSign(bytes).setProtectedHeader({ alg: 'ES256' }).sign(privateKey)
  const jws = await signJws()
  return [
    { name: 'raw: ES256 sign, WebCrypto', raw: 'sign', ...(await measure(() => crypto.subtle.sign(algorithm, privateKey, bytes))) },
    { name: 'raw: ES256 verify, WebCrypto', raw: 'verify', ...(await measure(() => crypto.subtle.verify(algorithm, publicKey, signature, bytes))) },
    { name: 'raw: ES256 sign, jose', raw: 'sign', ...(await measure(signJws)) },
    { name: 'raw: ES256 verify, jose', raw: 'verify', ...(await measure(() => compactVerify(jws, publicKey))) },
  ]
}
