import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import type { Authority } from './authority.ts'
import type { CliOptions } from './cli-options.ts'
import { isRefusal, VerificationError } from './errors.ts'
import { acceptOnce, memoryNonceStore, type NonceStore } from './nonce-store.ts'
import { isJsonObject, strictJsonObject } from './strict-json.ts'
import { systemNowSeconds } from './times.ts'
import { verifyAttestation } from './verify-attestation.ts'

/** So many are checked at a time: enough to keep every core at its signatures, few enough to keep memory flat. */
const batchSize = 64

interface Answer {
  readonly line: number
  readonly verdict: 'valid' | 'invalid' | 'cannot-tell'
  readonly code?: string
  readonly holder?: string
  readonly statusAgeSeconds?: number
}

interface Deps {
  readonly authority: Authority
  readonly stdout: NodeJS.WritableStream
}

/**
 * Checks a file of JSON lines, `{presentation, nonce, audience?}` each, and writes one JSON line for each in the same order and one summary. The same
 * holder and nonce counts once.
 * @returns the exit code: 0 if all are valid, else 1 if one is invalid, else 2.
 */
export async function verifyMany(deps: Deps, options: CliOptions): Promise<number> {
  const nowSeconds = options.nowSeconds ?? systemNowSeconds()
  const check = checker({ ...deps, nonceStore: memoryNonceStore({ nowSeconds: () => nowSeconds }) }, { ...options, nowSeconds })
  const counts = { valid: 0, invalid: 0, 'cannot-tell': 0 }
  let oldestStatusSeconds = 0
  for await (const batch of batchesOf(options.manyFile ?? '')) {
    const answers = await Promise.all(batch.map(check))
    for (const { verdict, statusAgeSeconds = 0 } of answers) {
      counts[verdict]++
      oldestStatusSeconds = Math.max(oldestStatusSeconds, statusAgeSeconds)
    }
    await write(deps.stdout, answers.map((answer) => `${JSON.stringify(answer)}\n`).join(''))
  }
  await write(deps.stdout, `${JSON.stringify({ summary: { ...counts, oldestStatusSeconds } })}\n`)
  if (counts.invalid > 0) return 1
  return counts['cannot-tell'] > 0 ? 2 : 0
}

function checker({ authority, nonceStore }: Deps & { readonly nonceStore: NonceStore }, options: CliOptions & { readonly nowSeconds: number }) {
  const { maxStatusAgeSeconds, requiredPolicy, environment, nowSeconds } = options
  return async ({ line, text }: NumberedLine): Promise<Answer> => {
    try {
      const { presentation, nonce, audience } = readLine(text, options)
      const verified = await verifyAttestation(presentation, { authority, audience, nonce, maxStatusAgeSeconds, requiredPolicy, environment, nowSeconds })
      await acceptOnce({ nonceStore }, verified)
      return { line, verdict: 'valid', holder: verified.holder, statusAgeSeconds: verified.statusAgeSeconds }
    } catch (error) {
      if (!isRefusal(error)) throw error
      return { line, verdict: error.verdict, code: error.code }
    }
  }
}

function readLine(text: string, options: CliOptions): { readonly presentation: string; readonly nonce: string; readonly audience: string } {
  const value = strictJsonObject(new TextEncoder().encode(text))
  const { presentation, nonce, audience = options.audience } = isJsonObject(value) ? value : {}
  if (typeof presentation !== 'string' || typeof nonce !== 'string' || typeof audience !== 'string' || !nonce || !audience) {
    throw new VerificationError('malformed-token')
  }
  return { presentation, nonce, audience }
}

interface NumberedLine {
  readonly line: number
  readonly text: string
}

async function* batchesOf(file: string): AsyncGenerator<readonly NumberedLine[]> {
  let batch: NumberedLine[] = []
  let line = 0
  for await (const text of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
    line++
    if (text.trim() !== '') batch.push({ line, text })
    if (batch.length < batchSize) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}

async function write(stream: NodeJS.WritableStream, text: string): Promise<void> {
  if (!stream.write(text)) await once(stream, 'drain')
}
