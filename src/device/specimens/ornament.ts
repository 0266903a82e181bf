import { ellipse, line, placement, plot, transformPath, type Path } from './path.ts'
import type { SpecimenPerson } from './person.ts'
import { fill } from './fill.ts'
import { stroke } from './stroke.ts'
import type { Raster, Rgb } from './raster.ts'
import { textPath, textWidth } from './text.ts'

const braidPitch = 28

/**
 * Fine braided lines over an area, as on printed documents. Every row of the braid is the same picture a whole number of pixels
 * further down, near enough for the PNG's compression to find it again.
 */
export function drawBraid(raster: Raster, top: number, bottom: number, paint: Rgb, opacity = 0.3): void {
  for (let y = top; y + braidPitch / 2 < bottom; y += braidPitch) {
    for (const side of [-1, 1]) {
      const at = (part: number): number => y + 9 * Math.sin(part * 7) + side * 11 * Math.sin(part * 41)
      stroke(raster, [plot(240, (part) => [part * raster.width, at(part)])], 1, paint, opacity)
    }
  }
}

/** The emblem of Utopia: an island and its moon within a ring. Drawn for this project. */
export function drawEmblem(raster: Raster, x: number, y: number, radius: number, paint: Rgb): void {
  stroke(raster, ellipse(x, y, radius), radius / 12, paint)
  stroke(raster, ellipse(x, y, radius * 0.84), radius / 30, paint)
  fill(raster, ellipse(x + radius * 0.3, y - radius * 0.34, radius * 0.17), paint)
  const island: Path = [plot(24, (part) => [x - radius * 0.55 + part * radius * 1.1, y + radius * 0.22 - radius * 0.42 * Math.sin(part * Math.PI) ** 1.5])]
  fill(raster, island, paint)
  for (const [row, width] of [
    [0.36, 0.58],
    [0.5, 0.44],
    [0.64, 0.28],
  ] as const) {
    // prettier-ignore
    stroke(raster, line(x - radius * width, y + radius * row, x + radius * width, y + radius * row), radius / 16, paint)
  }
}

/** Writes "UTOPIA SPECIMEN" across a picture, turned and see-through: no picture of this generator leaves without it. */
export function drawSpecimenMark(raster: Raster, x: number, y: number, size: number, turnDegrees: number, paint: Rgb = [168, 44, 56], opacity = 0.16): void {
  const style = { size, tracking: size / 8 }
  const words = textPath('UTOPIA SPECIMEN', -textWidth('UTOPIA SPECIMEN', style) / 2, size / 2, style)
  stroke(raster, transformPath(words, placement(x, y, 1, turnDegrees)), size / 5.5, paint, opacity)
}

type Signatory = Pick<SpecimenPerson, 'givenNames' | 'surname'>

const pen: Rgb = [30, 42, 96]

/** A drawn signature: an initial, the surname and a flourish, as a pen would leave them. */
export function drawSignature(raster: Raster, { givenNames, surname }: Signatory, x: number, y: number, size: number): void {
  const style = { size, tracking: -size / 10 }
  const words = `${givenNames.slice(0, 1)}. ${surname}`
  const reach = textWidth(words, style)
  stroke(raster, transformPath(textPath(words, 0, 0, style), [1, 0, -0.35, 1, x, y]), size / 11, pen)
  const flourish = plot(30, (part) => [x - size / 4 + part * reach * 1.15, y + size * (0.35 - 0.28 * part + 0.12 * Math.sin(part * 9))])
  stroke(raster, [flourish], size / 14, pen)
}
