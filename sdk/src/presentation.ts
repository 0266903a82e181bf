import { isExactHeader, readCompactJws, type CompactJws } from './compact-jws.ts'
import { VerificationError } from './errors.ts'
import { count, exactly, list, members, text } from './members.ts'
import type { JsonObject } from './strict-json.ts'
import { clockSkewSeconds, maxPresentationSeconds } from './times.ts'

const maxPresentationLength = 16_384
const w3cContext = 'https://www.w3.org/ns/credentials/v2'
const credentialPrefix = 'data:application/vc+jwt,'

/** A presentation in its form. Nothing of it is verified yet. */
export interface Presentation {
  readonly jws: CompactJws
  readonly kid: string
  readonly holder: string
  /** The enveloped credential, as compact JWS. */
  readonly credentialToken: string
  readonly audience: string
  readonly nonce: string
  readonly issuedAtSeconds: number
  readonly expiresAtSeconds: number
  readonly id: string
}

interface PresentationPayload {
  readonly holder: string
  readonly iss: string
  readonly verifiableCredential: readonly [{ readonly id: string }]
  readonly aud: string
  readonly nonce: string
  readonly iat: number
  readonly exp: number
  readonly jti: string
}

const isPresentationPayload = members({
  '@context': exactly([w3cContext]),
  type: exactly(['VerifiablePresentation']),
  holder: text(1, 400),
  iss: text(1, 400),
  verifiableCredential: list([members({ '@context': exactly(w3cContext), id: text(1, 12_000), type: exactly('EnvelopedVerifiableCredential') })]),
  aud: text(1, 2048),
  nonce: text(16, 128),
  iat: count,
  exp: count,
  jti: text(1, 128),
})

/**
 * Reads a `vp+jwt`: its spelling, its header and its members.
 * @throws {VerificationError} `malformed-token`, `bare-credential`, `wrong-header`, `wrong-shape`, `claims-disagree`
 */
export function readPresentation(token: string): Presentation {
  const jws = readCompactJws(token, maxPresentationLength)
  if (!jws) throw new VerificationError('malformed-token')
  const { header, payload } = jws
  if (header['typ'] === 'vc+jwt') throw new VerificationError('bare-credential')
  if (!isExactHeader(header, { alg: 'ES256', typ: 'vp+jwt', cty: 'vp' })) throw new VerificationError('wrong-header')
  if (!hasPresentationShape(payload)) throw new VerificationError('wrong-shape')
  if (payload.iss !== payload.holder || payload.exp <= payload.iat) throw new VerificationError('claims-disagree')
  return { jws, kid: header.kid, credentialToken: envelopedToken(payload), ...namedMembers(payload) }
}

/**
 * @throws {VerificationError} `presentation-too-long`, `presentation-not-yet-valid`, `presentation-expired`
 */
export function assertPresentationTimes({ issuedAtSeconds, expiresAtSeconds }: Presentation, nowSeconds: number): void {
  if (expiresAtSeconds - issuedAtSeconds > maxPresentationSeconds) throw new VerificationError('presentation-too-long')
  if (issuedAtSeconds > nowSeconds + clockSkewSeconds) throw new VerificationError('presentation-not-yet-valid')
  if (expiresAtSeconds <= nowSeconds) throw new VerificationError('presentation-expired')
}

function hasPresentationShape(payload: JsonObject): payload is JsonObject & PresentationPayload {
  return isPresentationPayload(payload)
}

function envelopedToken({ verifiableCredential: [{ id }] }: PresentationPayload): string {
  if (!id.startsWith(credentialPrefix)) throw new VerificationError('wrong-shape')
  return id.slice(credentialPrefix.length)
}

function namedMembers({ holder, aud, nonce, iat, exp, jti }: PresentationPayload) {
  return { holder, audience: aud, nonce, issuedAtSeconds: iat, expiresAtSeconds: exp, id: jti }
}
