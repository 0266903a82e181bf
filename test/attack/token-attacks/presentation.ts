import { audience, credentialHeader, credentialPayload, didOf, now, presentationHeader, presentationPayload } from '../../support/token-forge.ts'
import { attack, presented, presentedHeader, type Attack } from './attack.ts'

const evil = 'https://evil.example'
const envelope = (payload: Record<string, unknown>) => (payload['verifiableCredential'] as Record<string, unknown>[])[0]!

/** Who presents, to whom, for what request, and when. */
export const presentationAttacks: readonly Attack[] = [
  ...['none', 'HS256', 'RS256', 'ES384', 'ES256K', 'EdDSA', 'es256', 'ES256 ', 'PS256', ''].map((alg) =>
    presentedHeader('wrong-header', `alg "${alg}"`, () => ({ alg })),
  ),
  presentedHeader('wrong-header', 'no alg', () => ({ alg: undefined })),
  presentedHeader('wrong-header', 'alg as a list', () => ({ alg: ['ES256'] })),
  presentedHeader('wrong-header', 'typ of a plain JWT', () => ({ typ: 'JWT' })),
  presentedHeader('wrong-header', 'typ in capitals', () => ({ typ: 'VP+JWT' })),
  presentedHeader('wrong-header', 'typ with application/', () => ({ typ: 'application/vp+jwt' })),
  presentedHeader('wrong-header', 'typ of a status list', () => ({ typ: 'statuslist+jwt' })),
  presentedHeader('wrong-header', 'no typ', () => ({ typ: undefined })),
  presentedHeader('wrong-header', 'cty of a credential', () => ({ cty: 'vc' })),
  presentedHeader('wrong-header', 'no kid', () => ({ kid: undefined })),
  presentedHeader('wrong-header', 'a kid that is a number', () => ({ kid: 1 })),
  presentedHeader('wrong-header', 'the key in the header (jwk)', (_header, { mallory }) => ({ jwk: mallory.jwk })),
  presentedHeader('wrong-header', 'a URL of keys (jku)', () => ({ jku: `${evil}/jwks.json` })),
  presentedHeader('wrong-header', 'a URL of certificates (x5u)', () => ({ x5u: `${evil}/chain.pem` })),
  presentedHeader('wrong-header', 'certificates (x5c)', () => ({ x5c: ['AAAA'] })),
  presentedHeader('wrong-header', 'a certificate thumbprint (x5t#S256)', () => ({ 'x5t#S256': 'AAAA' })),
  presentedHeader('wrong-header', 'crit', () => ({ crit: ['exp'], exp: now })),
  presentedHeader('wrong-header', 'an empty crit', () => ({ crit: [] })),
  presentedHeader('wrong-header', 'an unencoded payload (b64)', () => ({ b64: false, crit: ['b64'] })),
  presentedHeader('wrong-header', 'compression (zip)', () => ({ zip: 'DEF' })),
  presentedHeader('wrong-header', 'a header member named __proto__', (header) => `{"__proto__":{},${JSON.stringify(header).slice(1)}`),
  presentedHeader('holder-mismatch', 'the kid of another holder', (_header, { mallory }) => ({ kid: `${didOf(mallory)}#0` })),
  presentedHeader('holder-mismatch', 'a kid with another fragment', (_header, { forge }) => ({ kid: `${didOf(forge.holder)}#1` })),
  presentedHeader('holder-mismatch', 'a kid that is a path', () => ({ kid: '../../dev/null' })),

  presented('wrong-audience', 'a presentation for another audience', () => ({ aud: evil })),
  presented('wrong-audience', 'an audience that begins like ours', () => ({ aud: `${audience}.evil.example` })),
  presented('wrong-audience', 'our audience with a slash', () => ({ aud: `${audience}/` })),
  presented('wrong-audience', 'our audience in capitals', () => ({ aud: audience.toUpperCase() })),
  presented('wrong-shape', 'a list of audiences with ours among them', () => ({ aud: [audience, evil] })),
  presented('wrong-shape', 'no audience', () => ({ aud: undefined })),
  presented('wrong-nonce', 'a presentation for another nonce', () => ({ nonce: 'nonce-of-another-visit' })),
  presented('wrong-shape', 'no nonce', () => ({ nonce: undefined })),
  presented('wrong-shape', 'a nonce that is a number', () => ({ nonce: 1234567890123456 })),
  presented('wrong-shape', 'a short nonce', () => ({ nonce: 'short' })),
  presented('presentation-expired', 'an expired presentation', () => ({ iat: now - 200, exp: now - 1 })),
  presented('presentation-expired', 'a presentation that expires this second', () => ({ exp: now })),
  presented('presentation-not-yet-valid', 'a presentation from the future', () => ({ iat: now + 90, exp: now + 200 })),
  presented('presentation-too-long', 'a presentation of 301 seconds', () => ({ iat: now - 1, exp: now + 300 })),
  presented('presentation-too-long', 'a presentation without end', () => ({ exp: 9_999_999_999 })),
  presented('claims-disagree', 'a presentation that ends before it begins', () => ({ iat: now + 50, exp: now + 40 })),
  presented('wrong-shape', 'an expiry that is a text', () => ({ exp: String(now + 100) })),
  presented('wrong-shape', 'an expiry that is not whole', () => ({ exp: now + 0.5 })),
  presented('wrong-shape', 'an expiry beyond safe numbers', (payload) => JSON.stringify(payload).replace(`"exp":${now + 115}`, '"exp":1e400')),
  presented('wrong-shape', 'a negative time', () => ({ iat: -1 })),
  presented('wrong-shape', 'no expiry', () => ({ exp: undefined })),
  presented('wrong-shape', 'no jti', () => ({ jti: undefined })),
  presented('wrong-shape', 'an unknown member', () => ({ nbf: now })),
  presented('wrong-shape', 'a name beside the credential', () => ({ name: 'UTOPIA SPECIMEN' })),
  presented('wrong-shape', 'a member named __proto__', (payload) => `{"__proto__":{"nonce":"x"},${JSON.stringify(payload).slice(1)}`),
  presented('wrong-shape', 'the older wrapping in vp', (payload) => ({ vp: payload })),
  presented('wrong-shape', 'another type', () => ({ type: ['VerifiableCredential'] })),
  presented('wrong-shape', 'a further type', () => ({ type: ['VerifiablePresentation', 'Other'] })),
  presented('wrong-shape', 'a further context', () => ({ '@context': ['https://www.w3.org/ns/credentials/v2', evil] })),
  presented('wrong-shape', 'no credential', () => ({ verifiableCredential: [] })),
  presented('wrong-shape', 'a credential of null', () => ({ verifiableCredential: [null] })),
  presented('wrong-shape', 'two credentials', (payload) => ({ verifiableCredential: [envelope(payload), envelope(payload)] })),
  presented('wrong-shape', 'a credential that is not in a list', (payload) => ({ verifiableCredential: envelope(payload) })),
  presented('wrong-shape', 'a credential as a bare text', (payload) => ({ verifiableCredential: [String(envelope(payload)['id']).split(',')[1]] })),
  presented('wrong-shape', 'an envelope of another media type', (payload) => ({ verifiableCredential: [{ ...envelope(payload), id: String(envelope(payload)['id']).replace('vc+jwt', 'vc+sd-jwt') }] })), // prettier-ignore
  presented('wrong-shape', 'an envelope with a member more', (payload) => ({ verifiableCredential: [{ ...envelope(payload), identified: true }] })),
  presented('wrong-shape', 'an unsigned credential as an object', (_payload, { forge }) => ({ verifiableCredential: [credentialPayload(forge.holder)] })),

  presented('claims-disagree', 'iss and holder that differ', (_payload, { mallory }) => ({ iss: didOf(mallory) })),
  presented('holder-mismatch', 'a holder who is not in the credential', (_payload, { mallory }) => ({ iss: didOf(mallory), holder: didOf(mallory) })),
  attack('holder-signature', 'a stolen copy, presented under the holder’s name by another key', ({ mallory }) => ({
    attempt: { presentationSigner: mallory },
  })),
  attack('holder-mismatch', 'a stolen copy, presented honestly by another key', ({ mallory }) => ({
    attempt: {
      presentationSigner: mallory,
      presentationHeader: presentationHeader(mallory),
      presentationPayload: (credential) => presentationPayload(mallory, credential),
    },
  })),
  attack('holder-signature', 'a presentation signed by the authority’s key', ({ forge }) => ({ attempt: { presentationSigner: forge.credentialKey } })),
  attack('holder-signature', 'a signature of zeros', () => ({ attempt: { respell: (token) => token.replace(/[^.]+$/, 'A'.repeat(86)) } })),
  attack('holder-signature', 'a changed payload under the old signature', () => ({ attempt: { respell: (token) => swapNonce(token) } })),
  attack('bare-credential', 'a credential in place of a presentation', () => ({ attempt: { respell: (token) => innerOf(token) } })),
  attack('bare-credential', 'a credential that the holder signed', ({ forge }) => ({
    attempt: { presentationHeader: credentialHeader, presentationPayload: () => credentialPayload(forge.holder) },
  })),
  attack('wrong-header', 'a presentation inside a presentation', ({ forge }) => ({
    attempt: { credentialHeader: presentationHeader(forge.holder), credentialSigner: forge.holder },
  })),
]

const payloadOf = (token: string): Record<string, unknown> => JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString())

function innerOf(token: string): string {
  return String(envelope(payloadOf(token))['id']).split(',')[1]!
}

function swapNonce(token: string): string {
  const [head, , signature] = token.split('.')
  return [head, Buffer.from(JSON.stringify({ ...payloadOf(token), jti: 'another' })).toString('base64url'), signature].join('.')
}
