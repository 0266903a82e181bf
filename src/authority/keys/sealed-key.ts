import { CompactEncrypt, compactDecrypt, type JWK } from 'jose'
import { canonicalJson } from '../../shared/canonical-json.ts'

const sealedKeyType = 'vouchsafe-sealed-key+jwe'

/** What a sealed file must be bound to: its own name, so that files cannot change places, and the root that its trust file has. */
export interface SealBinding {
  readonly name: string
  readonly rootThumbprint: string
}

/** Seals a private JWK under the 32-byte secret: a compact JWE, `dir` with A256GCM. The header is authenticated. */
export async function sealedKey(secret: Uint8Array, { name, rootThumbprint }: SealBinding, jwk: JWK): Promise<string> {
  const plain = new TextEncoder().encode(canonicalJson(jwk))
  return new CompactEncrypt(plain).setProtectedHeader({ alg: 'dir', enc: 'A256GCM', typ: sealedKeyType, kid: name, root: rootThumbprint }).encrypt(secret)
}

/**
 * Opens what `sealedKey` sealed.
 * @returns undefined if the secret is another one, or the file was changed, renamed or made for another root.
 */
export async function unsealedKey(secret: Uint8Array, { name, rootThumbprint }: SealBinding, sealed: string): Promise<JWK | undefined> {
  try {
    const options = { keyManagementAlgorithms: ['dir'], contentEncryptionAlgorithms: ['A256GCM'] }
    const { plaintext, protectedHeader } = await compactDecrypt(sealed.trim(), secret, options)
    const isBound = protectedHeader.typ === sealedKeyType && protectedHeader.kid === name && protectedHeader['root'] === rootThumbprint
    return isBound ? (JSON.parse(new TextDecoder().decode(plaintext)) as JWK) : undefined
  } catch {
    return undefined
  }
}
