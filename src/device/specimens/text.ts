import { transformPath, type Path } from './path.ts'
import { stroke } from './stroke.ts'
import type { Paint, Raster } from './raster.ts'
import { glyphOf } from './stroke-font.ts'

/** How text is set. Lengths in pixels; `size` is the height of a capital. */
export interface TextStyle {
  readonly size: number
  readonly pen?: number
  readonly paint: Paint
  readonly tracking?: number
  readonly align?: 'left' | 'centre' | 'right'
  readonly opacity?: number
}

const gridHeight = 20
const gridSpacing = 5

/** Draws one line of text with its base line at `y`; returns its width. */
export function drawText(raster: Raster, text: string, x: number, y: number, style: TextStyle): number {
  const width = textWidth(text, style)
  const shift = { left: 0, centre: width / 2, right: width }[style.align ?? 'left']
  stroke(raster, textPath(text, x - shift, y, style), style.pen ?? style.size / 9, style.paint, style.opacity ?? 1)
  return width
}

/** The strokes of one line of text, its base line beginning at (x, y). */
export function textPath(text: string, x: number, y: number, style: Pick<TextStyle, 'size' | 'tracking'>): Path {
  const scale = style.size / gridHeight
  let at = x
  return Array.from(text).flatMap((character) => {
    const { strokes, width } = glyphOf(character)
    const placed = transformPath(strokes, [scale, 0, 0, scale, at, y - style.size])
    at += width * scale + gapOf(style)
    return placed
  })
}

/** The width of one line of text. */
export function textWidth(text: string, style: Pick<TextStyle, 'size' | 'tracking'>): number {
  const ink = Array.from(text).reduce((sum, character) => sum + glyphOf(character).width, 0)
  return (ink * style.size) / gridHeight + Math.max(0, text.length - 1) * gapOf(style)
}

function gapOf({ size, tracking = 0 }: Pick<TextStyle, 'size' | 'tracking'>): number {
  return (gridSpacing * size) / gridHeight + tracking
}
