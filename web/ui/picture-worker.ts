import type { PictureAnswer, PictureJob } from './picture-job.ts'
import { isSafeSize, pictureSize } from './picture-size.ts'

const longestSide = 2400

// The compiler knows this file as a page's; in a worker `postMessage` takes what is to be handed over.
const worker = self as unknown as {
  postMessage(answer: PictureAnswer, handedOver: Transferable[]): void
  onmessage: ((event: MessageEvent<PictureJob>) => void) | null
}

worker.onmessage = ({ data }) => void answer(data)

async function answer(job: PictureJob): Promise<void> {
  const size = pictureSize(job.bytes)
  if (size === undefined) return worker.postMessage({ id: job.id, refused: 'not-an-image' }, [])
  if (!isSafeSize(size)) return worker.postMessage({ id: job.id, refused: 'too-many-pixels' }, [])
  try {
    const canvas = await painted(job.bytes)
    if (job.what === 're-encode') return await sendJpeg(job.id, canvas)
    watermark(canvas, job.watermark)
    const bitmap = canvas.transferToImageBitmap()
    worker.postMessage({ id: job.id, bitmap }, [bitmap])
  } catch {
    worker.postMessage({ id: job.id, refused: 'not-an-image' }, [])
  }
}

/** Pixels alone come through: place, time, device and whatever else the file held stay behind. */
async function painted(bytes: Uint8Array): Promise<OffscreenCanvas> {
  const source = await createImageBitmap(new Blob([new Uint8Array(bytes)]))
  const scale = Math.min(1, longestSide / Math.max(source.width, source.height))
  const canvas = new OffscreenCanvas(Math.max(1, Math.round(source.width * scale)), Math.max(1, Math.round(source.height * scale)))
  const context = contextOf(canvas)
  context.fillStyle = '#fff'
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.imageSmoothingQuality = 'high'
  context.drawImage(source, 0, 0, canvas.width, canvas.height)
  source.close()
  return canvas
}

async function sendJpeg(id: number, canvas: OffscreenCanvas): Promise<void> {
  const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.92 })
  const bytes = new Uint8Array(await blob.arrayBuffer())
  worker.postMessage({ id, bytes }, [bytes.buffer])
}

/** Slanted lines over the whole picture: a photograph of the screen says whose screen and which case it was. */
function watermark(canvas: OffscreenCanvas, text: string): void {
  const context = contextOf(canvas)
  const { width, height } = canvas
  const size = Math.max(14, Math.round(Math.max(width, height) / 52))
  context.translate(width / 2, height / 2)
  context.rotate(-Math.PI / 7)
  context.font = `600 ${size}px sans-serif`
  context.textAlign = 'center'
  context.lineWidth = Math.max(1, size / 12)
  const reach = Math.hypot(width, height)
  for (let y = -reach / 2, line = 0; y < reach / 2; y += size * 7, line++) {
    const shift = line % 2 === 0 ? 0 : size * 12
    for (let x = -reach / 2 + shift; x < reach; x += context.measureText(text).width + size * 4) {
      context.strokeStyle = 'rgb(255 255 255 / 0.35)'
      context.strokeText(text, x, y)
      context.fillStyle = 'rgb(20 30 60 / 0.3)'
      context.fillText(text, x, y)
    }
  }
}

function contextOf(canvas: OffscreenCanvas): OffscreenCanvasRenderingContext2D {
  const context = canvas.getContext('2d')
  if (context === null) throw new Error('This browser cannot draw.')
  return context
}
