import { parsePath, transformPath, type Path } from './path.ts'
import { stroke } from './stroke.ts'
import type { Raster, Rgb } from './raster.ts'
import { glyphOf } from './stroke-font.ts'

const inkWidth = 12.4
const capHeight = 20

/** The characters whose shape in a machine readable zone differs from running text, so that no two can be taken for one another. */
const shapes: Readonly<Record<string, string>> = {
  I: 'M1.5 0L10.9 0M6.2 0L6.2 20M1.5 20L10.9 20',
  J: 'M3 0L10.4 0L10.4 14C10.4 18 8.5 20 5.6 20C3 20 1.4 18.6 1 16',
  O: 'M6.2 0C.9 0 -.8 4 -.8 10C-.8 16 .9 20 6.2 20C11.5 20 13.2 16 13.2 10C13.2 4 11.5 0 6.2 0',
  Q: 'M6.2 0C.9 0 -.8 4 -.8 10C-.8 16 .9 20 6.2 20C11.5 20 13.2 16 13.2 10C13.2 4 11.5 0 6.2 0M7.5 14.5L13 21.5',
  M: 'M0 20L0 0L6.2 10.5L12.4 0L12.4 20',
  W: 'M0 0L2.6 20L6.2 7L9.8 20L12.4 0',
  0: 'M6.2 0C2.8 0 1.8 2.6 1.8 6L1.8 14C1.8 17.4 2.8 20 6.2 20C9.6 20 10.6 17.4 10.6 14L10.6 6C10.6 2.6 9.6 0 6.2 0',
  1: 'M2 4.5L7 0L7 20M2.5 20L11.5 20',
  4: 'M8 0L.4 14.5L12 14.5M8.6 9L8.6 20',
  '<': 'M12 3L.5 10.5L12 18',
}

/** Draws a line of a machine readable zone: one character a pitch, laid out as OCR-B (capital height 2.4 mm at a pitch of 2.54 mm). */
export function drawMrzLine(raster: Raster, text: string, x: number, y: number, pitch: number, paint: Rgb): void {
  const scale = (pitch * 2.4) / 2.54 / capHeight
  const margin = (pitch - inkWidth * scale) / 2
  const path = Array.from(text).flatMap((character, index) =>
    transformPath(mrzStrokes(character), [scale, 0, 0, scale, x + index * pitch + margin, y - capHeight * scale]),
  )
  stroke(raster, path, scale * 2.9, paint)
}

function mrzStrokes(character: string): Path {
  const own = shapes[character]
  if (own) return parsePath(own, 8)
  const { strokes, width } = glyphOf(character)
  return transformPath(strokes, [inkWidth / width, 0, 0, 1, 0, 0])
}
