import { promisify } from 'node:util'
import express, { type Request, type Response } from 'express'
import type { SchemaName } from '../shared/contract/types.ts'
import { AuthorityError } from '../shared/errors.ts'
import { assertValid } from '../shared/validate.ts'
import { parseStrictJson } from './strict-json.ts'

const defaultMaxSizeBytes = 256 * 1024

/** What the declaration says of a body. */
export interface BodyDeclaration {
  readonly body?: SchemaName | 'sealed-bytes' | undefined
  readonly maxSizeBytes?: number | undefined
}

/** The body as a handler gets it: a value of the declared form, or a stream. */
export interface ReadBody {
  readonly body: unknown
  readonly bytes: AsyncIterable<Uint8Array> | undefined
}

/**
 * Reads a request's body as its route declares it. Bytes are left in the stream, for the handler to take.
 * @throws {AuthorityError} `unsupported-media-type`, `body-too-large`, `malformed-json`, `invalid-request`.
 */
export async function readBody(request: Request, response: Response, { body, maxSizeBytes = defaultMaxSizeBytes }: BodyDeclaration): Promise<ReadBody> {
  if (body === undefined) return assertNoBody(request)
  assertAnnouncedSize(request, maxSizeBytes)
  if (body === 'sealed-bytes') return { body: undefined, bytes: sealedBytes(request, maxSizeBytes) }
  assertMediaType(request, /^application\/json *(; *charset="?utf-8"?)?$/i, 'application/json')
  const value = parseStrictJson(await rawBody(request, response, maxSizeBytes))
  assertValid(body, value)
  return { body: value, bytes: undefined }
}

function assertNoBody(request: Request): ReadBody {
  const isEmpty = request.get('transfer-encoding') === undefined && Number(request.get('content-length') ?? 0) === 0
  if (!isEmpty) throw new AuthorityError('invalid-request', 'This route takes no body.')
  return { body: undefined, bytes: undefined }
}

function assertAnnouncedSize(request: Request, maxSizeBytes: number): void {
  if (Number(request.get('content-length') ?? 0) > maxSizeBytes) throw new AuthorityError('body-too-large', `At most ${String(maxSizeBytes)} bytes.`)
}

function assertMediaType(request: Request, accepted: RegExp, name: string): void {
  if (!accepted.test(request.get('content-type') ?? '')) throw new AuthorityError('unsupported-media-type', `Send ${name}.`)
}

async function rawBody(request: Request, response: Response, maxSizeBytes: number): Promise<Uint8Array> {
  const read: (request: Request, response: Response, done: (error: Error | null) => void) => void = express.raw({
    type: () => true,
    limit: maxSizeBytes,
    inflate: false,
  })
  await promisify(read)(request, response)
  return request.body instanceof Uint8Array ? request.body : new Uint8Array()
}

function sealedBytes(request: Request, maxSizeBytes: number): AsyncIterable<Uint8Array> {
  assertMediaType(request, /^application\/octet-stream$/i, 'application/octet-stream')
  if (request.get('content-encoding') !== undefined) throw new AuthorityError('unsupported-media-type', 'Send the bytes without a content encoding.')
  return limited(request, maxSizeBytes)
}

async function* limited(request: Request, maxSizeBytes: number): AsyncGenerator<Uint8Array> {
  let sizeBytes = 0
  for await (const chunk of unbroken(request)) {
    sizeBytes += chunk.length
    if (sizeBytes > maxSizeBytes) throw new AuthorityError('body-too-large', `At most ${String(maxSizeBytes)} bytes.`)
    yield chunk
  }
}

/** Without this an upload that breaks off would look like a bug of ours. */
async function* unbroken(request: Request): AsyncGenerator<Uint8Array> {
  try {
    yield* request.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>
  } catch {
    throw new AuthorityError('invalid-request', 'The upload broke off.')
  }
}
