import { drawFace } from './face.ts'
import type { Face } from './face-traits.ts'
import { placement, rectangle } from './path.ts'
import { fill } from './fill.ts'
import { stroke } from './stroke.ts'
import { createRaster, type Raster, type Rgb } from './raster.ts'
import { placeRaster } from './place-raster.ts'
import { drawText, type TextStyle } from './text.ts'

/** The dark ink of printed entries. */
export const ink: Rgb = [26, 32, 48]

const caption: Rgb = [92, 98, 112]

/** A small caption and its entry below. `y` is the caption's base line. */
export function drawField(raster: Raster, label: string, value: string, x: number, y: number, size = 17): void {
  drawText(raster, label, x, y, { size: size * 0.56, pen: 1.1, paint: caption })
  drawText(raster, value, x, y + size * 1.65, { size, pen: size / 7.5, paint: ink, tracking: size / 30 })
}

/** Columns of captions and entries: each row a list of [caption, entry, x]. */
export function drawRows(raster: Raster, rows: readonly (readonly (readonly [string, string, number])[])[], y: number, pitch: number, size = 17): void {
  for (const [index, row] of rows.entries()) for (const [label, value, x] of row) drawField(raster, label, value, x, y + index * pitch, size)
}

/** Lines of running text; returns the base line after the last. */
export function drawParagraph(raster: Raster, lines: readonly string[], x: number, y: number, style: TextStyle, leading = style.size * 2): number {
  for (const [index, text] of lines.entries()) drawText(raster, text, x, y + index * leading, style)
  return y + lines.length * leading
}

/** A portrait in a frame, before a plain pale wall. */
export function drawPortrait(raster: Raster, face: Face, x: number, y: number, width: number, height: number): void {
  const photo = createRaster(width, height, [222, 228, 232])
  const scale = Math.min(width / 176, height / 240)
  drawFace(photo, face, placement(width / 2 - 100 * scale, height - 240 * scale, scale))
  placeRaster(raster, photo, { x: x + width / 2, y: y + height / 2, scale: 1, turnDegrees: 0 })
  stroke(raster, rectangle(x, y, width, height), 1.5, [120, 128, 140])
}

/** A coloured band across a picture with a title in it. */
export function drawBand(raster: Raster, height: number, paint: Rgb): void {
  fill(raster, rectangle(0, 0, raster.width, height), paint)
  fill(raster, rectangle(0, height, raster.width, 4), [206, 172, 96])
}
