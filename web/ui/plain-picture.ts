import type { PictureAnswer, PictureJob } from './picture-job.ts'

/** A picture that is refused before or while it is decoded. */
class PictureRefused extends Error {
  readonly code: 'not-an-image' | 'too-many-pixels'

  constructor(code: 'not-an-image' | 'too-many-pixels') {
    super('This picture cannot be used.')
    this.name = 'PictureRefused'
    this.code = code
  }
}

type AnswerTo<W extends PictureJob['what']> = Extract<PictureAnswer, W extends 'decode' ? { readonly bitmap: ImageBitmap } : { readonly bytes: Uint8Array }>

let lastId = 0

/**
 * A chosen file as a fresh JPEG: decoded and drawn anew in a worker, so that pixels are all that is left of it.
 * @throws {PictureRefused}
 */
export async function plainPicture(file: Blob): Promise<Uint8Array<ArrayBuffer>> {
  const { bytes } = await ask({ id: ++lastId, what: 're-encode', bytes: new Uint8Array(await file.arrayBuffer()) })
  return bytes
}

/**
 * The pixels of somebody's document, decoded in a worker, under a watermark.
 * @throws {PictureRefused}
 */
export async function watermarkedPixels(plain: Uint8Array, watermark: string): Promise<ImageBitmap> {
  const { bitmap } = await ask({ id: ++lastId, what: 'decode', bytes: plain, watermark })
  return bitmap
}

/** A worker a picture: what one file does to a decoder, no other file meets. */
function ask<J extends PictureJob>(job: J): Promise<AnswerTo<J['what']>> {
  const worker = new Worker(new URL('./picture-worker.ts', import.meta.url), { type: 'module' })
  return new Promise<AnswerTo<J['what']>>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<PictureAnswer>) =>
      'refused' in data ? reject(new PictureRefused(data.refused)) : resolve(data as AnswerTo<J['what']>)
    worker.onerror = () => reject(new PictureRefused('not-an-image'))
    worker.postMessage(job)
  }).finally(() => worker.terminate())
}
