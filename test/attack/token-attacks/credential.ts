import { credentialHeader, credentialPayload, dateOf, did, didOf, issuer, monday, now, presentationPayload, trustPayload } from '../../support/token-forge.ts'
import type { KeyPair } from '../../support/token-forge.ts'
import { attack, issued, keyed, merged, type Attack } from './attack.ts'

const day = 86_400
const header = (code: string, name: string, change: object): Attack =>
  attack(code, name, () => ({ attempt: { credentialHeader: merged(credentialHeader, change) } }))
const dated = (from: number, until: number) => ({ validFrom: dateOf(from), iat: from, validUntil: dateOf(until), exp: until })
const places = (change: (entry: Record<string, unknown>) => object) => (payload: Record<string, unknown>) => ({
  credentialStatus: (payload['credentialStatus'] as Record<string, unknown>[]).map((entry) => ({ ...entry, ...change(entry) })),
})

/** Who issued what, to whom, and how long it counts. */
export const credentialAttacks: readonly Attack[] = [
  ...['none', 'HS256', 'ES384', 'EdDSA', 'es256'].map((alg) => header('wrong-header', `a credential with alg "${alg}"`, { alg })),
  header('wrong-header', 'a credential with typ of a presentation', { typ: 'vp+jwt' }),
  header('wrong-header', 'a credential with typ JWT', { typ: 'JWT' }),
  header('wrong-header', 'a credential without cty', { cty: undefined }),
  header('wrong-header', 'a credential without kid', { kid: undefined }),
  header('wrong-header', 'a credential with jku', { jku: 'https://evil.example/jwks.json' }),
  header('wrong-header', 'a credential with x5c', { x5c: ['AAAA'] }),
  header('wrong-header', 'a credential with crit', { crit: ['b64'], b64: true }),
  header('unknown-key', 'a kid that nobody has', { kid: `${did}#credential-9` }),
  header('unknown-key', 'a kid without its DID', { kid: 'credential-1' }),
  header('unknown-key', 'a kid named like a method of objects', { kid: 'constructor' }),
  header('wrong-key-use', 'the kid of the status key', { kid: `${did}#status-1` }),
  attack('wrong-header', 'a credential that carries its own key', ({ mallory }) => ({
    attempt: { credentialHeader: { ...credentialHeader, jwk: mallory.jwk }, credentialSigner: mallory },
  })),
  attack('issuer-signature', 'a credential by a key of the attacker', ({ mallory }) => ({ attempt: { credentialSigner: mallory } })),
  attack('issuer-signature', 'a credential by the holder', ({ forge }) => ({ attempt: { credentialSigner: forge.holder } })),
  attack('issuer-signature', 'a credential by the root key', ({ forge }) => ({ attempt: { credentialSigner: forge.root } })),
  attack('wrong-key-use', 'a credential by the status key', ({ forge }) => ({
    attempt: { credentialSigner: forge.statusKey, credentialHeader: { ...credentialHeader, kid: `${did}#status-1` } },
  })),
  attack('wrong-key-use', 'a credential by the bundle key', ({ forge }) => ({
    attempt: { credentialSigner: forge.bundleKey, credentialHeader: { ...credentialHeader, kid: `${did}#bundle-1` } },
  })),
  attack('high-s-signature', 'an authority’s signature with high S', () => ({ attempt: { credentialHalf: 'high' } })),
  attack('issuer-signature', 'a credential of zeros', () => ({ attempt: { respellCredential: (token) => token.replace(/[^.]+$/, 'A'.repeat(86)) } })),
  keyed('key-compromised', 'a compromised key', 'credential', () => ({ state: 'compromised' })),
  keyed('key-outside-life', 'a key that begins tomorrow', 'credential', () => ({ state: 'next', notBeforeSeconds: now + day })),
  keyed('key-outside-life', 'a key that ended before the credential’s week', 'credential', () => ({ state: 'retired', notAfterSeconds: monday - 1 })),
  keyed('wrong-key-use', 'a key of another algorithm', 'credential', () => ({ alg: 'EdDSA' })),
  keyed('issuer-signature', 'a key without its public half', 'credential', () => ({ jwk: undefined })),
  keyed('issuer-signature', 'a key that is no point of the curve', 'credential', ({ forge }) => ({ jwk: { ...forge.root.jwk, y: forge.root.jwk.x } })),
  keyed('issuer-signature', 'a key with its private half beside it', 'credential', ({ forge }) => ({ jwk: { ...forge.credentialKey.jwk, d: 'A'.repeat(43) } })),

  issued('unknown-issuer', 'a credential of another authority', (_payload, { forge }) => credentialPayload(forge.holder, 1, 'https://other.example')),
  issued('unknown-issuer', 'an issuer on another port', () => ({ issuer: `${did}%3A8443`, iss: `${did}%3A8443` })),
  issued('unknown-issuer', 'an issuer by URL', () => ({ issuer, iss: issuer })),
  issued('wrong-shape', 'an issuer as an object', () => ({ issuer: { id: did } })),
  issued('claims-disagree', 'iss and issuer that differ', () => ({ iss: 'did:web:other.example' })),
  issued('claims-disagree', 'iat and validFrom that differ', () => ({ iat: monday - 7 * day })),
  issued('claims-disagree', 'exp and validUntil that differ', () => ({ exp: monday + 30 * day })),
  issued('claims-disagree', 'a credential of a year', () => dated(monday, monday + 365 * day)),
  issued('claims-disagree', 'a credential that ends before it begins', () => dated(monday, monday - day)),
  issued('claims-disagree', 'a date that is no day', () => ({ validFrom: '2026-02-30T00:00:00Z' })),
  issued('wrong-shape', 'a date with a finer time', () => ({ validFrom: '2026-11-16T00:00:01Z', iat: monday + 1 })),
  issued('wrong-shape', 'a date in another spelling', () => ({ validFrom: '2026-11-16T00:00:00+00:00' })),
  issued('expired', 'an expired credential', () => dated(monday - 28 * day, monday)),
  issued('not-yet-valid', 'a credential of next week', () => dated(monday + 7 * day, monday + 28 * day)),

  issued('holder-mismatch', 'a subject that is not the confirmation key', (_payload, { mallory }) => ({
    credentialSubject: { id: didOf(mallory), identified: true },
  })),
  issued('holder-mismatch', 'a confirmation key that is not the subject', (_payload, { mallory }) => ({ cnf: { jwk: mallory.jwk } })),
  issued('holder-mismatch', 'a subject in another order of members', (_payload, { forge: { holder } }) => ({
    credentialSubject: { id: `did:jwk:${Buffer.from(JSON.stringify(holder.jwk)).toString('base64url')}`, identified: true },
  })),
  issued('wrong-shape', 'identified: false', (_payload, { forge }) => ({ credentialSubject: { id: didOf(forge.holder), identified: false } })),
  issued('wrong-shape', 'identified: "true"', (_payload, { forge }) => ({ credentialSubject: { id: didOf(forge.holder), identified: 'true' } })),
  issued('wrong-shape', 'identified: 1', (_payload, { forge }) => ({ credentialSubject: { id: didOf(forge.holder), identified: 1 } })),
  issued('wrong-shape', 'a subject with a name', (_payload, { forge }) => ({
    credentialSubject: { id: didOf(forge.holder), identified: true, name: 'UTOPIA SPECIMEN' },
  })),
  issued('wrong-shape', 'two subjects', (payload) => ({ credentialSubject: [payload['credentialSubject'], payload['credentialSubject']] })),
  issued('wrong-shape', 'no subject', () => ({ credentialSubject: undefined })),
  issued('wrong-shape', 'no confirmation key', () => ({ cnf: undefined })),
  issued('wrong-shape', 'a confirmation key by thumbprint', () => ({ cnf: { jkt: 'A'.repeat(43) } })),
  issued('wrong-shape', 'a confirmation key with a private half', (_payload, { forge }) => ({ cnf: { jwk: { ...forge.holder.jwk, d: 'A'.repeat(43) } } })),
  issued('wrong-shape', 'a confirmation key of another curve', (_payload, { forge }) => ({ cnf: { jwk: { ...forge.holder.jwk, crv: 'P-384' } } })),
  issued('wrong-shape', 'a symmetric confirmation key', () => ({ cnf: { jwk: { kty: 'oct', k: 'AAAA' } } })),
  issued('wrong-shape', 'a confirmation key in padded base64', (_payload, { forge }) => ({
    cnf: { jwk: { ...forge.holder.jwk, x: `${forge.holder.jwk.x}=` } },
  })),
  attack('holder-signature', 'a confirmation key that is no point of the curve', ({ forge }) => offCurve(forge.holder)),

  issued('wrong-shape', 'a member of VC 1.1 (vc)', (payload) => ({ vc: payload })),
  issued('wrong-shape', 'an unknown member', () => ({ evidence: [] })),
  issued('wrong-shape', 'an nbf', () => ({ nbf: monday })),
  issued('wrong-shape', 'an audience in a credential', () => ({ aud: 'https://ico.example' })),
  issued('wrong-shape', 'another type', () => ({ type: ['VerifiableCredential', 'AgeCredential'] })),
  issued('wrong-shape', 'another order of types', () => ({ type: ['IdentifiedCredential', 'VerifiableCredential'] })),
  issued('wrong-shape', 'a type as a text', () => ({ type: 'IdentifiedCredential' })),
  issued('wrong-shape', 'another first context', () => ({ '@context': ['https://www.w3.org/2018/credentials/v1', `${issuer}/contexts/identified/v1`] })),
  issued('wrong-shape', 'an inline context', () => ({ '@context': ['https://www.w3.org/ns/credentials/v2', { identified: 'https://evil.example' }] })),
  issued('wrong-shape', 'a context of another site', () => ({
    '@context': ['https://www.w3.org/ns/credentials/v2', 'https://evil.example/contexts/identified/v1'],
  })),
  issued('wrong-environment', 'a credential of the test environment', () => ({ environment: 'test' })),
  issued('wrong-shape', 'an environment of its own invention', () => ({ environment: 'production' })),
  attack('wrong-environment', 'a test credential by an authority of the test environment', ({ forge }) => ({
    attempt: { credentialPayload: { ...credentialPayload(forge.holder), environment: 'test' } },
    published: { trust: { ...trustPayload(forge), environment: 'test' } },
  })),
  attack('wrong-environment', 'a live credential by an authority of the test environment', ({ forge }) => ({
    published: { trust: { ...trustPayload(forge), environment: 'test' } },
  })),
  attack('wrong-environment', 'a test credential by a live authority, where a test one is wanted', ({ forge }) => ({
    attempt: { credentialPayload: { ...credentialPayload(forge.holder), environment: 'test' } },
    expected: { environment: 'test' },
  })),
  attack('wrong-environment', 'a live credential where a test one is wanted', () => ({ expected: { environment: 'test' } })),
  issued('wrong-policy', 'a credential under another policy', () => ({ policy: `${issuer}/policies/met/v1` })),
  issued('wrong-policy', 'a policy of another site', () => ({ policy: 'https://evil.example/policies/identified/v1' })),
  issued('wrong-policy', 'a later version of the policy', () => ({ policy: `${issuer}/policies/identified/v11` })),
  attack('wrong-policy', 'a requirement that the credential does not meet', () => ({ expected: { requiredPolicy: 'identified/v2' } })),

  issued('status-reference', 'a list of another site', () => ({ status: { status_list: { idx: 94_567, uri: 'https://evil.example/status/tsl/3' } } })),
  issued('status-reference', 'a list elsewhere at the authority', () => ({
    status: { status_list: { idx: 94_567, uri: `${issuer}/status/tsl/../../uploads/3` } },
  })),
  issued('status-reference', 'a list with a query', () => ({ status: { status_list: { idx: 94_567, uri: `${issuer}/status/tsl/3?x=1` } } })),
  issued('status-reference', 'a list at a user name that looks like the authority', () => ({ status: { status_list: { idx: 94_567, uri: `${issuer}@evil.example/status/tsl/3` } } })), // prettier-ignore
  issued('status-reference', 'a place outside the list', (payload) => ({ ...places(() => ({ statusListIndex: '131072' }))(payload), status: { status_list: { idx: 131_072, uri: `${issuer}/status/tsl/3` } } })), // prettier-ignore
  issued('wrong-shape', 'a negative place', () => ({ status: { status_list: { idx: -1, uri: `${issuer}/status/tsl/3` } } })),
  issued('wrong-shape', 'a place as a text', () => ({ status: { status_list: { idx: '94567', uri: `${issuer}/status/tsl/3` } } })),
  issued('status-reference', 'places that differ between the encodings', () => ({ status: { status_list: { idx: 1, uri: `${issuer}/status/tsl/3` } } })),
  issued(
    'status-reference',
    'lists that differ between the encodings',
    places((entry) => ({ statusListCredential: `${issuer}/status/bitstring/${String(entry['statusPurpose'])}/4` })),
  ),
  issued(
    'status-reference',
    'a place with leading zeros',
    places(() => ({ statusListIndex: '094567' })),
  ),
  issued('wrong-shape', 'no status', () => ({ status: undefined })),
  issued('wrong-shape', 'no credentialStatus', () => ({ credentialStatus: undefined })),
  issued('wrong-shape', 'a status for revocation alone', (payload) => ({ credentialStatus: [(payload['credentialStatus'] as unknown[])[0]] })),
  issued('wrong-shape', 'an empty status', () => ({ status: {} })),
]

/** The attacker chooses a "key" off the curve; whatever signs cannot verify under it. */
function offCurve(holder: KeyPair) {
  const forged = { ...holder, jwk: { ...holder.jwk, y: holder.jwk.x } }
  return {
    attempt: {
      credentialPayload: credentialPayload(forged),
      presentationHeader: { alg: 'ES256', typ: 'vp+jwt', cty: 'vp', kid: `${didOf(forged)}#0` },
      presentationPayload: (credential: string) => presentationPayload(forged, credential),
    },
  }
}
