import { base64url, credentialPayload, nonce, presentationPayload, segment } from '../../support/token-forge.ts'
import { attack, issued, presented, presentedHeader, withDoubled, type Attack } from './attack.ts'

const respelled = (name: string, respell: (token: string) => string): Attack => attack('malformed-token', name, () => ({ attempt: { respell } }))
const respelledCredential = (name: string, respellCredential: (token: string) => string): Attack =>
  attack('malformed-token', `a credential inside with ${name}`, () => ({ attempt: { respellCredential } }))

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
/** 64 bytes leave four spare bits in the last character. */
const flipSpareBit = (token: string): string => token.slice(0, -1) + alphabet[alphabet.indexOf(token.at(-1)!) ^ 1]!
const withParts = (token: string, change: (parts: string[]) => string[]): string => change(token.split('.')).join('.')
const signatureBytes = (token: string): Buffer => Buffer.from(token.split('.')[2]!, 'base64url')
const questionMarks = '?'.repeat(18)

function derOf(signature: Buffer): Buffer {
  const integers = [signature.subarray(0, 32), signature.subarray(32)].map((bytes) => Buffer.concat([Buffer.from([2, 33, 0]), bytes]))
  return Buffer.concat([Buffer.from([0x30, 70]), ...integers])
}

/** One token, one spelling. */
export const spellingAttacks: readonly Attack[] = [
  respelled('an empty text', () => ''),
  respelled('padding behind the signature', (token) => `${token}==`),
  respelled('padding behind the payload', (token) => withParts(token, ([head, body, sig]) => [head!, `${body!}=`, sig!])),
  respelled('a space in front', (token) => ` ${token}`),
  respelled('a line end behind', (token) => `${token}\n`),
  respelled('a line end within the payload', (token) => `${token.slice(0, 400)}\n${token.slice(400)}`),
  respelled('a zero byte behind', (token) => `${token}\u0000`),
  respelled('a set spare bit in the signature', flipSpareBit),
  respelled('four parts', (token) => `${token}.`),
  respelled('five parts, as an encrypted token has', (token) => `${token}..`),
  respelled('two parts', (token) => token.split('.').slice(0, 2).join('.')),
  respelled('an empty signature', (token) => withParts(token, ([head, body]) => [head!, body!, ''])),
  respelled('a signature of 63 bytes', (token) => withParts(token, ([head, body]) => [head!, body!, base64url(signatureBytes(token).subarray(1))])),
  respelled('a signature of 65 bytes', (token) => withParts(token, ([head, body]) => [head!, body!, base64url(Buffer.concat([Buffer.alloc(1), signatureBytes(token)]))])), // prettier-ignore
  respelled('a DER signature', (token) => withParts(token, ([head, body]) => [head!, body!, base64url(derOf(signatureBytes(token)))])),
  respelled('disclosures behind', (token) => `${token}~`),
  respelled('JSON serialisation', (token) => JSON.stringify(Object.fromEntries(token.split('.').map((part, index) => [['protected', 'payload', 'signature'][index], part])))), // prettier-ignore
  respelled('percent encoding', (token) => token.replaceAll('.', '%2E')),
  respelled('full-width dots', (token) => token.replaceAll('.', '．')),
  respelled('a megabyte of it', (token) => token + 'A'.repeat(1_000_000)),
  respelled('a megabyte of dots', () => '.'.repeat(1_000_000)),
  attack('malformed-token', 'the alphabet of plain base64', ({ forge }) => ({
    attempt: {
      presentationPayload: (credential) => ({ ...presentationPayload(forge.holder, credential), nonce: questionMarks }),
      respell: (token) => token.replaceAll('-', '+').replaceAll('_', '/'),
    },
    expected: { nonce: questionMarks },
  })),
  presented('malformed-token', 'a payload that names a member twice', (payload) => withDoubled(payload, `"nonce":"${nonce}"`)),
  presented('malformed-token', 'a payload that names a member twice, once with an escape', (payload) => withDoubled(payload, `"\\u006eonce":"another-nonce-of-theirs"`)), // prettier-ignore
  presented('malformed-token', 'a doubled member further in', (payload) => JSON.stringify(payload).replace('[{"@context"', '[{"type":"x","@context"')),
  presented('malformed-token', 'a payload of 7,000 brackets', () => `${'['.repeat(7000)}${']'.repeat(7000)}`),
  presented('malformed-token', 'an object in a payload too deep', (payload) => withDoubled(payload, `"x":${'{"x":'.repeat(20)}1${'}'.repeat(20)}`)),
  presented('malformed-token', 'a payload that is an array', (payload) => [payload]),
  presented('malformed-token', 'a payload that is null', () => 'null'),
  presented('malformed-token', 'a payload that is no JSON', () => '{nonce: 1}'),
  presented('malformed-token', 'a payload with a comment', (payload) => `/**/${JSON.stringify(payload)}`),
  presented('malformed-token', 'two payloads, one behind the other', (payload) => `${JSON.stringify(payload)}{}`),
  presented('malformed-token', 'a payload with a byte order mark', (payload) => `\ufeff${JSON.stringify(payload)}`),
  presented('malformed-token', 'a payload of broken UTF-8', (payload) => Buffer.concat([Buffer.from('{"x":"'), Buffer.from([0xc3, 0x28]), Buffer.from(`",${JSON.stringify(payload).slice(1)}`)])), // prettier-ignore
  presented('malformed-token', 'an empty payload', () => ''),
  presentedHeader('malformed-token', 'a header that names alg twice', (header) => withDoubled(header, '"alg":"none"')),
  presentedHeader('malformed-token', 'a header that is a text', () => '"ES256"'),
  issued('malformed-token', 'a credential that names its holder twice', (payload) =>
    withDoubled(payload, `"credentialSubject":{"id":"did:jwk:x","identified":true}`),
  ),
  respelledCredential('padding', (token) => `${token}==`),
  respelledCredential('a set spare bit', flipSpareBit),
  respelledCredential('white space', (token) => `${token} `),
  respelledCredential('a media type parameter', (token) => `${token};x=1`),
  respelledCredential('a second credential behind it', (token) => `${token},${token}`),
  respelledCredential('nothing at all', () => ''),
  attack('malformed-token', 'a credential of 9,000 characters', ({ forge }) => ({
    attempt: { credentialPayload: { ...credentialPayload(forge.holder), note: 'x'.repeat(5200) } },
  })),
  attack('malformed-token', 'an unsigned token with alg none', () => ({
    attempt: { respell: (token) => withParts(token, ([, body]) => [segment({ alg: 'none', typ: 'vp+jwt', cty: 'vp', kid: 'x' }), body!, '']) },
  })),
]
