import { EvaluationRequest as BlindedInputs, Oprf, VOPRFServer } from '@cloudflare/voprf-ts'
import { CryptoNoble } from '@cloudflare/voprf-ts/crypto-noble'
import { fromBase64url, toBase64url } from '../../shared/base64url.ts'
import type { EvaluationReply, EvaluationRequest } from '../../shared/contract/types.ts'
import { AuthorityError } from '../../shared/errors.ts'
import type { UniquenessDeps } from './deps.ts'

const suite = Oprf.Suite.P256_SHA256

/**
 * Evaluates blinded inputs under living OPRF keys, with proofs (RFC 9497, verifiable mode). The authority learns neither input nor output,
 * and does not look whether a tag exists.
 * @throws {AuthorityError} `evaluation-refused` for an unknown key or what is not a list of group elements with nothing behind it.
 */
export async function evaluateBlinded({ oprfKeys }: Pick<UniquenessDeps, 'oprfKeys'>, { evaluations }: EvaluationRequest): Promise<EvaluationReply> {
  const evaluated: { key: string; evaluated: string }[] = []
  for (const { key: id, blinded } of evaluations) {
    const key = oprfKeys.find((living) => living.id === id)
    if (!key) throw new AuthorityError('evaluation-refused', 'There is no such OPRF key.')
    const evaluation = await new VOPRFServer(suite, key.privateKey, CryptoNoble).blindEvaluate(blindedInputs(blinded))
    evaluated.push({ key: id, evaluated: toBase64url(evaluation.serialize()) })
  }
  return { evaluations: evaluated }
}

/** How many inputs a request asks to have evaluated. */
export function countInputs({ evaluations }: EvaluationRequest): number {
  return evaluations.reduce((count, { blinded }) => count + blindedInputs(blinded).blinded.length, 0)
}

function blindedInputs(blinded: string): BlindedInputs {
  const bytes = fromBase64url(blinded)
  try {
    const inputs = BlindedInputs.deserialize(suite, bytes, CryptoNoble)
    if (inputs.blinded.length > 0 && inputs.serialize().length === bytes.length) return inputs
  } catch {
    // What is not a list of group elements is refused like a list of none.
  }
  throw new AuthorityError('evaluation-refused', 'The blinded input was not accepted.')
}
