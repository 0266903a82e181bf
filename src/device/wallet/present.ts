import { CompactSign, importJWK } from 'jose'
import { utf8ToBytes } from '@noble/hashes/utils'
import { toBase64url } from '../../shared/base64url.ts'
import { canonicalJson } from '../../shared/canonical-json.ts'
import { randomBytes } from '../../shared/ids.ts'
import type { Device } from '../device.ts'
import { DeviceError } from '../device-error.ts'
import { publicHalf } from './authorise-issuance-key.ts'
import { type Copy, copyFor } from './copies.ts'

/** For whom a presentation is made. */
export interface PresentationRequest {
  /** The relying party's origin as the browser reports it, or its redirect URI. */
  readonly audience: string
  /** The relying party's own, 16 to 128 characters, used once. */
  readonly nonce: string
}

const lifeSeconds = 120

/**
 * Presents a copy to one audience, for one nonce, without asking the authority anything.
 * @returns a compact `vp+jwt`.
 * @throws {DeviceError} `no-credential` if no copy is left that another audience has not seen.
 * @see docs/protocol/formats.md, "Presentation, JWT form"
 */
export async function present(device: Pick<Device, 'memory' | 'clock'>, request: PresentationRequest): Promise<string> {
  const copy = await copyFor(device.memory, 'vc+jwt', request.audience, device.clock.nowSeconds())
  if (copy === undefined) throw new DeviceError('no-credential', 'No copy is left for this site. Get new copies first.')
  return presentationOf(copy, request, device.clock.nowSeconds())
}

/** Signs the presentation of a copy. */
export async function presentationOf({ credential, holderKey }: Copy, { audience, nonce }: PresentationRequest, nowSeconds: number): Promise<string> {
  const holder = `did:jwk:${toBase64url(utf8ToBytes(canonicalJson(publicHalf(holderKey))))}`
  const enveloped = {
    '@context': 'https://www.w3.org/ns/credentials/v2',
    id: `data:application/vc+jwt,${credential as string}`,
    type: 'EnvelopedVerifiableCredential',
  }
  const payload = {
    '@context': ['https://www.w3.org/ns/credentials/v2'],
    type: ['VerifiablePresentation'],
    holder,
    iss: holder,
    verifiableCredential: [enveloped],
    aud: audience,
    nonce,
    iat: nowSeconds,
    exp: nowSeconds + lifeSeconds,
    jti: toBase64url(randomBytes(16)),
  }
  const header = { alg: 'ES256', typ: 'vp+jwt', cty: 'vp', kid: `${holder}#0` }
  return new CompactSign(utf8ToBytes(JSON.stringify(payload))).setProtectedHeader(header).sign(await importJWK({ ...holderKey }, 'ES256'))
}
