import { boundsOf, pixelBounds } from './bounds.ts'
import type { Path, Point } from './path.ts'
import { blendPixel, steppedCoverage, type Paint, type Raster } from './raster.ts'

interface Crossing {
  readonly x: number
  readonly direction: 1 | -1
}

const { floor, max, min } = Math

const origin: Point = [0, 0]
const subRows = 4

/** Fills closed contours by the non-zero rule, anti-aliased. */
export function fill(raster: Raster, path: Path, paint: Paint, opacity = 1): void {
  const [left, top, right, bottom] = pixelBounds(raster, boundsOf(path), 0)
  const row = new Float32Array(raster.width + 1)
  for (let y = top; y < bottom; y++) {
    row.fill(0)
    for (let sub = 0; sub < subRows; sub++) addSpans(row, path, y + (sub + 0.5) / subRows)
    for (let x = left; x < right; x++) {
      const covered = row[x] ?? 0
      if (covered > 0) blendPixel(raster, x, y, paint, steppedCoverage(covered) * opacity)
    }
  }
}

function addSpans(row: Float32Array, path: Path, y: number): void {
  let winding = 0
  let start = 0
  for (const { x, direction } of crossings(path, y)) {
    if (winding === 0) start = x
    winding += direction
    if (winding === 0) addSpan(row, max(0, start), min(row.length - 1, x))
  }
}

function crossings(path: Path, y: number): Crossing[] {
  const found: Crossing[] = []
  for (const contour of path) {
    let from = contour.at(-1) ?? origin
    for (const to of contour) {
      if (from[1] <= y !== to[1] <= y) found.push({ x: from[0] + ((y - from[1]) / (to[1] - from[1])) * (to[0] - from[0]), direction: from[1] < to[1] ? 1 : -1 })
      from = to
    }
  }
  return found.sort((one, other) => one.x - other.x)
}

function addSpan(row: Float32Array, from: number, to: number): void {
  for (let x = floor(from); x < to; x++) row[x] = (row[x] ?? 0) + (min(to, x + 1) - max(from, x)) / subRows
}
