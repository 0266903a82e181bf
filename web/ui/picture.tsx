import { useEffect, useRef, useState } from 'preact/hooks'
import { Busy } from './parts.tsx'
import { watermarkedPixels } from './plain-picture.ts'
import { Fault } from './use-task.tsx'

interface PictureProps {
  readonly plain: Uint8Array
  readonly label: string
  readonly watermark: string
}

/** A document as pixels on a canvas: there is nothing to download, and the pixels go when the screen does. */
export function Picture({ plain, label, watermark }: PictureProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const [fault, setFault] = useState<unknown>()
  const [isPainted, setPainted] = useState(false)
  useEffect(() => {
    const place = canvas.current
    void watermarkedPixels(plain, watermark).then((bitmap) => paint(place, bitmap)).then(() => setPainted(true)).catch(setFault) // prettier-ignore
    return () => {
      if (place !== null) Object.assign(place, { width: 0, height: 0 })
    }
  }, [plain, watermark])
  return (
    <>
      {fault !== undefined ? <Fault error={fault} /> : !isPainted && <Busy>Opening the picture …</Busy>}
      <canvas
        ref={canvas}
        class="picture"
        role="img"
        aria-label={label}
        hidden={!isPainted}
        data-painted={isPainted}
        onContextMenu={(event) => event.preventDefault()}
      />
    </>
  )
}

function paint(place: HTMLCanvasElement | null, bitmap: ImageBitmap): void {
  if (place === null) return bitmap.close()
  Object.assign(place, { width: bitmap.width, height: bitmap.height })
  place.getContext('bitmaprenderer')?.transferFromImageBitmap(bitmap)
}
