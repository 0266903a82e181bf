import { placement, transformPath, type Path } from './path.ts'
import type { SeededRandom } from './random.ts'
import { stroke } from './stroke.ts'
import type { Raster, Rgb } from './raster.ts'
import { glyphOf } from './stroke-font.ts'

const gridHeight = 20
const slant = 0.16

/** Writes one line as by hand with a pen: each letter a little turned, raised and stretched, never twice the same. Returns its width. */
export function drawHandwriting(raster: Raster, text: string, x: number, y: number, size: number, paint: Rgb, random: SeededRandom): number {
  const scale = size / gridHeight
  let at = x
  const path = Array.from(text).flatMap((character) => {
    const { strokes, width } = glyphOf(character)
    const written = unsteady(strokes, random, scale)
    const placed = transformPath(written, placement(at, y + wobble(random, size * 0.07), 1, wobble(random, 4)))
    at += (width + 6 + wobble(random, 1.2)) * scale
    return placed
  })
  stroke(raster, path, size / 7.5, paint)
  return at - x
}

/** Letters on their base line, slanted, each stroke drawn to a slightly other place. */
function unsteady(strokes: Path, random: SeededRandom, scale: number): Path {
  const stretch = 1 + wobble(random, 0.07)
  return strokes.map((contour) => {
    const [awayX, awayY] = [wobble(random, 0.6), wobble(random, 0.6)]
    return contour.map(([x, y]) => [(x * stretch + awayX - (y - gridHeight) * slant) * scale, (y + awayY - gridHeight) * scale * stretch] as const)
  })
}

function wobble(random: SeededRandom, reach: number): number {
  return (random.next() * 2 - 1) * reach
}
