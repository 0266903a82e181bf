import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import {
  base64url,
  bundleHeader,
  did,
  issuer,
  listBytes,
  listUri,
  monday,
  now,
  statusHeader,
  statusPayload,
  trustPayload,
  withS,
} from '../../support/token-forge.ts'
import type { Json, SignedTrust } from '../../support/token-forge.ts'
import { attack, keyed, merged, withDoubled, type Attack } from './attack.ts'

const listed = (code: string, name: string, change: unknown): Attack => attack(code, name, () => ({ published: { list: merged(statusPayload(), change) } }))
const bits = (lst: Uint8Array | string) => ({ status_list: { bits: 2, lst: typeof lst === 'string' ? lst : base64url(lst) } })
const listHeaded = (name: string, change: object): Attack =>
  attack('status-malformed', name, () => ({ published: { listHeader: merged(statusHeader, change) as Json } }))
const trusted = (code: string, name: string, change: Json): Attack =>
  attack(code, name, ({ forge }) => ({ published: { trust: merged(trustPayload(forge), change) } }))
const respelledTrust = (code: string, name: string, respellTrust: (trust: SignedTrust) => unknown): Attack =>
  attack(code, name, () => ({ published: { respellTrust } }))
const bundled = (code: string, name: string, change: (payload: Json) => unknown): Attack =>
  attack(code, name, () => ({ published: { bundle: (payload) => merged(payload, change(payload)) } }))

/** The authority's word on one place of one list. */
export const statusAttacks: readonly Attack[] = [
  attack('revoked', 'a revoked attestation', () => ({ published: { list: statusPayload({ 94_567: 1 }) } })),
  attack('suspended', 'a suspended attestation', () => ({ published: { list: statusPayload({ 94_567: 2 }) } })),
  attack('status-unknown-value', 'a status without meaning', () => ({ published: { list: statusPayload({ 94_567: 3 }) } })),
  attack('status-stale', 'a list older than allowed', () => ({ published: { list: statusPayload({}, now - 301) } })),
  attack('status-stale', 'a list of 30 s where 10 s are allowed', () => ({ expected: { maxStatusAgeSeconds: 10 } })),
  listed('status-stale', 'a list past its end, however old it may be', { exp: now }),
  attack('status-from-the-future', 'a list of tomorrow', () => ({ published: { list: statusPayload({}, now + 86_400) } })),
  listed('status-of-another-list', 'another list of the authority', { sub: `${issuer}/status/tsl/4` }),
  listed('status-of-another-list', 'a list of another issuer', { iss: 'did:web:other.example' }),
  listed('status-malformed', 'a list without its issuer', { iss: undefined }),
  listed('status-malformed', 'a list without its date', { iat: undefined }),
  listed('status-malformed', 'a list without its end', { exp: undefined }),
  listed('status-malformed', 'a list with one bit a place', { status_list: { bits: 1, lst: base64url(deflateSync(listBytes())) } }),
  listed('status-malformed', 'a list with a member more', { aggregation_uri: 'https://evil.example' }),
  listed('status-malformed', 'a list that is not compressed', bits(listBytes())),
  listed('status-malformed', 'a list by gzip', bits(gzipSync(listBytes()))),
  listed('status-malformed', 'a list by raw deflate', bits(deflateRawSync(listBytes()))),
  listed('status-malformed', 'a list cut short', bits(deflateSync(listBytes()).subarray(0, -3))),
  listed('status-malformed', 'a list of one place', bits(deflateSync(Buffer.alloc(1)))),
  listed('status-malformed', 'a list one byte too long', bits(deflateSync(Buffer.alloc(32_769)))),
  listed('status-malformed', 'a bomb of 64 MB', bits(deflateSync(Buffer.alloc(64_000_000)))),
  listed('status-malformed', 'a list of nothing', bits(base64url(''))),
  listed('status-malformed', 'a list in padded base64', bits(`${base64url(deflateSync(listBytes()))}=`)),
  listed('status-malformed', 'a list that names its subject twice', withDoubled(statusPayload(), `"sub":"${listUri}"`)),
  listHeaded('a list with typ JWT', { typ: 'JWT' }),
  listHeaded('a list with alg none', { alg: 'none' }),
  listHeaded('a list that carries a key', { jwk: {} }),
  listHeaded('a list without kid', { kid: undefined }),
  attack('status-signature', 'a list by the attacker', ({ mallory }) => ({ published: { listSigner: mallory } })),
  attack('status-signature', 'a list by the credential key', ({ forge }) => ({
    published: { listSigner: forge.credentialKey, listHeader: { ...statusHeader, kid: `${did}#credential-1` } },
  })),
  attack('status-signature', 'a list with high S', () => ({ published: { listHalf: 'high' } })),
  attack('status-malformed', 'an unsigned list', () => ({ published: { respellList: (token) => token.replace(/[^.]+$/, '') } })),
  attack('status-signature', 'a list under another list’s signature', () => ({
    published: { respellList: (token) => token.replace(/[^.]+$/, 'A'.repeat(86)) },
  })),
  attack('status-malformed', 'a web page in place of a list', () => ({ published: { respellList: () => '<!doctype html>' } })),
  attack('status-malformed', 'a megabyte in place of a list', () => ({ published: { respellList: () => 'A'.repeat(1_000_000) } })),
  keyed('status-signature', 'a list by a compromised status key', 'status', () => ({ state: 'compromised' })),
  keyed('status-signature', 'a list by a status key whose life has ended', 'status', () => ({ state: 'retired', notAfterSeconds: now - 3600 })),
  keyed('status-signature', 'a list by a key of another use', 'status', () => ({ use: 'log' })),
]

/** The file from which all trust comes. */
export const trustAttacks: readonly Attack[] = [
  attack('trust-signature', 'a trust file by another root', ({ mallory }) => ({ published: { root: mallory } })),
  attack('trust-signature', 'a trust file that names our root and is signed by another', ({ forge, mallory }) => ({
    published: { root: mallory, trustHeader: { jwk: forge.root.jwk } },
  })),
  respelledTrust('trust-signature', 'a trust file with a key added under the old signature', (trust) => ({ ...trust, payload: addKey(trust.payload) })),
  respelledTrust('trust-signature', 'a trust file with a signature of zeros', (trust) => ({ ...trust, signature: 'A'.repeat(86) })),
  respelledTrust('trust-malformed', 'a trust file without signature', ({ protected: head, payload }) => ({ protected: head, payload })),
  respelledTrust('trust-malformed', 'a trust file with an unprotected header', (trust) => ({ ...trust, header: { kid: 'x' } })),
  respelledTrust('trust-malformed', 'a trust file with several signatures', ({ payload, ...signature }) => ({ payload, signatures: [signature] })),
  respelledTrust('trust-malformed', 'an empty trust file', () => ({})),
  attack('trust-malformed', 'a trust file of another type', () => ({ published: { trustHeader: { typ: 'vc+jwt' } } })),
  attack('trust-malformed', 'a trust file with alg none', () => ({ published: { trustHeader: { alg: 'none' } } })),
  attack('trust-malformed', 'a trust file with crit', () => ({ published: { trustHeader: { crit: ['b64'], b64: true } } })),
  attack('trust-malformed', 'a root key with its private half', ({ forge }) => ({
    published: { trustHeader: { jwk: { ...forge.root.jwk, d: 'A'.repeat(43) } } },
  })),
  respelledTrust('trust-signature', 'a root signature with high S', (trust) => ({
    ...trust,
    signature: base64url(withS('high', Buffer.from(trust.signature, 'base64url'))),
  })),
  respelledTrust('trust-malformed', 'a trust file whose header is no JSON', (trust) => ({ ...trust, protected: base64url('no JSON') })),
  trusted('trust-malformed', 'a trust file with a key of nothing', { keys: [null] }),
  attack('trust-malformed', 'a trust file of 65 keys', ({ forge }) => ({
    published: {
      trust: { ...trustPayload(forge), keys: Array.from({ length: 65 }, (_, at) => ({ ...(trustPayload(forge)['keys'] as Json[])[0], kid: `k${at}` })) },
    },
  })),
  trusted('trust-of-another-issuer', 'a trust file of another issuer by the same root', { issuer: 'https://other.example' }),
  trusted('trust-expired', 'an expired trust file', { expiresAtSeconds: now }),
  trusted('trust-from-the-future', 'a trust file of tomorrow', { issuedAtSeconds: now + 86_400 }),
  trusted('trust-malformed', 'a trust file for production with demo keys', { demo: true }),
  trusted('trust-malformed', 'a trust file of no environment', { environment: 'staging' }),
  trusted('trust-malformed', 'a trust file without sequence', { sequence: undefined }),
  trusted('trust-malformed', 'a trust file whose keys are no list', { keys: {} }),
  attack('trust-malformed', 'a trust file with two keys of one name', ({ forge, mallory }) => {
    const trust = trustPayload(forge)
    const keys = trust['keys'] as Json[]
    return { published: { trust: { ...trust, keys: [...keys, { ...keys[0], jwk: mallory.jwk }] } } }
  }),
  attack('unknown-key', 'a trust file without keys', ({ forge }) => ({
    published: { trust: { ...trustPayload(forge), keys: (trustPayload(forge)['keys'] as Json[]).filter(({ use }) => use === 'bundle') } },
  })),
]

/** The file that carries all of it where there is no network. */
export const bundleAttacks: readonly Attack[] = [
  attack('bundle-signature', 'a bundle by the attacker', ({ mallory }) => ({ published: { bundleSigner: mallory } })),
  attack('bundle-signature', 'a bundle by the status key', ({ forge }) => ({
    published: { bundleSigner: forge.statusKey, bundleHeader: { ...bundleHeader, kid: `${did}#status-1` } },
  })),
  attack('bundle-malformed', 'a bundle of another type', () => ({ published: { bundleHeader: { ...bundleHeader, typ: 'vc+jwt' } } })),
  attack('bundle-malformed', 'a bundle that carries a key', ({ mallory }) => ({ published: { bundleHeader: { ...bundleHeader, jwk: mallory.jwk } } })),
  attack('bundle-malformed', 'an unsigned bundle', () => ({ published: { respellBundle: (token) => token.replace(/[^.]+$/, '') } })),
  attack('bundle-malformed', 'an empty bundle', () => ({ published: { respellBundle: () => '' } })),
  bundled('bundle-expired', 'an expired bundle', () => ({ iat: now - 90_000, exp: now })),
  bundled('bundle-from-the-future', 'a bundle of tomorrow', () => ({ iat: now + 86_400 })),
  bundled('bundle-malformed', 'a bundle without end', () => ({ exp: undefined })),
  bundled('bundle-malformed', 'a bundle without sequence', () => ({ sequence: undefined })),
  bundled('bundle-malformed', 'a bundle with a member more', () => ({ keys: [] })),
  bundled('bundle-malformed', 'a bundle without trust file', () => ({ trust: undefined })),
  bundled('bundle-malformed', 'a bundle whose lists are no texts', () => ({ statusLists: { [listUri]: 1 } })),
  bundled('bundle-malformed', 'a bundle with a doubled member', (payload) => withDoubled(payload, '"sequence":99')),
  bundled('trust-of-another-issuer', 'a bundle of another issuer', () => ({ iss: 'did:web:other.example' })),
  bundled('status-unavailable', 'a bundle without lists', () => ({ statusLists: {} })),
  keyed('bundle-signature', 'a bundle by a compromised key', 'bundle', () => ({ state: 'compromised' })),
  keyed('bundle-signature', 'a bundle by a key that begins tomorrow', 'bundle', () => ({ notBeforeSeconds: monday + 7 * 86_400 })),
]

function addKey(payload: string): string {
  const trust = JSON.parse(Buffer.from(payload, 'base64url').toString())
  return base64url(JSON.stringify({ ...trust, keys: [...trust.keys, { ...trust.keys[0], kid: `${did}#credential-2` }] }))
}
