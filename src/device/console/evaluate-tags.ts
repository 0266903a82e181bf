import { Evaluation, Oprf, VOPRFClient } from '@cloudflare/voprf-ts'
import { CryptoNoble } from '@cloudflare/voprf-ts/crypto-noble'
import { bytesToHex } from '@noble/hashes/utils'
import type { OpeningReply, Tag, TrustFile } from '../../shared/contract/types.ts'
import { fromBase64url, toBase64url } from '../../shared/base64url.ts'
import { type DocumentKey, normalisedDocumentKey } from '../../shared/document-key.ts'
import { sortTags } from '../../shared/tags.ts'
import { DeviceError } from '../device-error.ts'
import type { Console } from './console.ts'

const suite = Oprf.Suite.P256_SHA256

/**
 * Has each confirmed document number evaluated blind under each living OPRF key: the authority learns no number, and the proof shows that it used its published key.
 * @returns tags in the order in which verdicts list them, by key and tag.
 * @throws {DeviceError} `tag-refused` if a key is not in the trust file or a proof fails.
 * @throws {AuthorityProblem} `lease-required`, `evaluation-limit`
 * @see RFC 9497, VOPRF mode
 */
export async function evaluateTags(console: Console, { case: caseId, oprfKeys }: OpeningReply, documentKeys: readonly DocumentKey[]): Promise<Tag[]> {
  const keys = oprfKeys.map(({ key }) => ({ key, publicKey: publishedKey(console.trust, key) }))
  const asked = await Promise.all(documentKeys.flatMap((documentKey) => keys.map((key) => blinded(documentKey, key))))
  if (asked.length === 0) return []
  const { evaluations } = await console.api.evaluate(caseId, { evaluations: asked.map(({ key, blinded }) => ({ key, blinded })) })
  return sortTags(await Promise.all(asked.map((each, at) => finalised(each, evaluations[at]))))
}

interface Blinded {
  readonly type: DocumentKey['type']
  readonly key: string
  readonly client: VOPRFClient
  readonly secret: Awaited<ReturnType<VOPRFClient['blind']>>[0]
  readonly blinded: string
}

function publishedKey({ keys }: TrustFile, kid: string): Uint8Array {
  const found = keys.find((key) => key.kid === kid && key.use === 'oprf' && key.state !== 'compromised')
  if (found?.publicKey === undefined) throw new DeviceError('tag-refused', 'The authority names an evaluation key that is not in its trust file.')
  return fromBase64url(found.publicKey)
}

async function blinded(documentKey: DocumentKey, { key, publicKey }: { key: string; publicKey: Uint8Array }): Promise<Blinded> {
  const client = new VOPRFClient(suite, publicKey, CryptoNoble)
  const [secret, request] = await client.blind([normalisedDocumentKey(documentKey)])
  return { type: documentKey.type, key, client, secret, blinded: toBase64url(request.serialize()) }
}

async function finalised({ type, key, client, secret }: Blinded, reply: { readonly key: string; readonly evaluated: string } | undefined): Promise<Tag> {
  try {
    if (reply?.key !== key) throw new Error('another key')
    const [output] = await client.finalize(secret, Evaluation.deserialize(suite, fromBase64url(reply.evaluated), CryptoNoble))
    if (output === undefined) throw new Error('no output')
    return { type, key, tag: bytesToHex(output) }
  } catch {
    throw new DeviceError('tag-refused', 'The evaluation was not made with the published key.')
  }
}
