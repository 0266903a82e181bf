/** The part of `fetch` that this library uses. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>

/**
 * Fetches one public file as text: no redirect, no cookie, no referrer, a time limit and a size limit that holds while reading.
 * @throws {Error} whatever went wrong; the caller says what could not be had.
 */
export async function fetchText(
  deps: { readonly fetch: Fetch },
  { url, maxSizeBytes }: { readonly url: string; readonly maxSizeBytes: number },
): Promise<string> {
  const response = await deps.fetch(url, {
    redirect: 'error',
    credentials: 'omit',
    referrerPolicy: 'no-referrer',
    cache: 'no-cache',
    signal: AbortSignal.timeout(5000),
  })
  if (response.status !== 200 || !response.body) {
    await response.body?.cancel()
    throw new Error(`the authority answered ${response.status}`)
  }
  return new TextDecoder('utf-8', { fatal: true }).decode(await readAtMost(response.body, maxSizeBytes))
}

async function readAtMost(body: ReadableStream<Uint8Array>, maxSizeBytes: number): Promise<Uint8Array> {
  const reader = body.getReader()
  const chunks: Uint8Array[] = []
  for (let size = 0; ;) {
    const { value, done } = await reader.read()
    if (done) return joined(chunks, size)
    size += value.length
    if (size > maxSizeBytes) {
      await reader.cancel()
      throw new Error('the file is larger than its kind can be')
    }
    chunks.push(value)
  }
}

function joined(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const bytes = new Uint8Array(size)
  let at = 0
  for (const chunk of chunks) {
    bytes.set(chunk, at)
    at += chunk.length
  }
  return bytes
}
