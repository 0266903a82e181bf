import { CompactSign, decodeJwt, generateKeyPair } from 'jose'
import { newDeviceKey } from '../../device/wallet/authorise-issuance-key.ts'
import { type Copy, copiesOf } from '../../device/wallet/copies.ts'
import { presentationOf } from '../../device/wallet/present.ts'
import { toBase64url } from '../../shared/base64url.ts'
import { canonicalJson } from '../../shared/canonical-json.ts'
import { openProfile } from '../profile.ts'
import { dataFolder } from '../context.ts'
import type { Stage } from './stage.ts'

/** A copy that lies on a person's device: what a thief of the device's storage would have. */
export async function stolenCopy({ terminal: { context } }: Stage, profile: string): Promise<Copy> {
  const { memory } = await openProfile(dataFolder(context), profile)
  const copy = (await copiesOf(memory)).find(({ format }) => format === 'vc+jwt')
  if (copy === undefined) throw new Error(`The profile ${profile} has no copy.`)
  return copy
}

/** The same compact JWS, with a life one second longer, under the signature that it had. */
export function tampered(jws: string): string {
  const [header = '', , signature = ''] = jws.split('.')
  const payload = decodeJwt(jws)
  return [header, toBase64url(new TextEncoder().encode(JSON.stringify({ ...payload, exp: (payload.exp ?? 0) + 1 }))), signature].join('.')
}

/** A presentation of a well-formed credential that an authority of another name signed with its own key. */
export async function presentationOfAnotherAuthority(
  genuine: Copy,
  request: { readonly audience: string; readonly nonce: string },
  nowSeconds: number,
): Promise<string> {
  const holderKey = await newDeviceKey('ES256')
  const { d: _d, ...jwk } = holderKey
  const did = 'did:web:other.example'
  const payload = { ...decodeJwt(genuine.credential as string), issuer: did, iss: did, cnf: { jwk }, credentialSubject: { id: `did:jwk:${toBase64url(new TextEncoder().encode(canonicalJson(jwk)))}`, identified: true } } // prettier-ignore
  const { privateKey } = await generateKeyPair('ES256')
  const header = { alg: 'ES256', typ: 'vc+jwt', cty: 'vc', kid: `${did}#credential-1` }
  const credential = await new CompactSign(new TextEncoder().encode(JSON.stringify(payload))).setProtectedHeader(header).sign(privateKey)
  return presentationOf({ ...genuine, holderKey, credential }, request, nowSeconds)
}
