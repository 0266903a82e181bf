import type { Path } from './path.ts'
import type { Raster } from './raster.ts'

/** A rectangle that holds something: `right` and `bottom` lie outside. */
export type Bounds = readonly [left: number, top: number, right: number, bottom: number]

const { ceil, floor, max, min } = Math

/** The smallest rectangle around all points of a path. */
export function boundsOf(path: Path): Bounds {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const contour of path) {
    for (const [x, y] of contour) {
      left = min(left, x)
      right = max(right, x)
      top = min(top, y)
      bottom = max(bottom, y)
    }
  }
  return [left, top, right, bottom]
}

/** The whole pixels of a picture that a pen of that width may touch within a rectangle. */
export function pixelBounds({ width, height }: Raster, [left, top, right, bottom]: Bounds, penWidth: number): Bounds {
  const margin = penWidth / 2 + 1
  const clamp = (value: number, limit: number): number => max(0, min(limit, value))
  return [clamp(floor(left - margin), width), clamp(floor(top - margin), height), clamp(ceil(right + margin), width), clamp(ceil(bottom + margin), height)]
}
