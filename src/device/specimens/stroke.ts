import { boundsOf, pixelBounds, type Bounds } from './bounds.ts'
import type { Path, Point } from './path.ts'
import { blendPixel, steppedCoverage, type Paint, type Raster } from './raster.ts'

const { max, min, sqrt } = Math

const origin: Point = [0, 0]

/** Draws along contours with a round pen of that width, anti-aliased; where the line crosses itself it is no darker. */
export function stroke(raster: Raster, path: Path, width: number, paint: Paint, opacity = 1): void {
  for (const contour of path) {
    for (let index = 0; index < contour.length; index++) {
      const from = contour[index] ?? origin
      coverSegment(raster, from, contour[index + 1] ?? from, width / 2)
    }
  }
  layCoverage(raster, pixelBounds(raster, boundsOf(path), width), paint, opacity)
}

function coverSegment(raster: Raster, [fromX, fromY]: Point, [toX, toY]: Point, radius: number): void {
  const [left, top, right, bottom] = pixelBounds(raster, segmentBounds(fromX, fromY, toX, toY), radius * 2)
  const [runX, runY] = [toX - fromX, toY - fromY]
  const perLength = 1 / max(runX * runX + runY * runY, 1e-9)
  const full = min(1, radius * 2) * 255
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const awayX = x + 0.5 - fromX
      const awayY = y + 0.5 - fromY
      const along = max(0, min(1, (awayX * runX + awayY * runY) * perLength))
      const distance = sqrt((awayX - along * runX) ** 2 + (awayY - along * runY) ** 2)
      const covered = min(1, radius - distance + 0.5) * full
      const at = y * raster.width + x
      if (covered > (raster.coverage[at] ?? 0)) raster.coverage[at] = covered
    }
  }
}

function layCoverage(raster: Raster, [left, top, right, bottom]: Bounds, paint: Paint, opacity: number): void {
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const at = y * raster.width + x
      const covered = raster.coverage[at] ?? 0
      if (covered > 0) blendPixel(raster, x, y, paint, steppedCoverage(covered / 255) * opacity)
      raster.coverage[at] = 0
    }
  }
}

function segmentBounds(fromX: number, fromY: number, toX: number, toY: number): Bounds {
  return [min(fromX, toX), min(fromY, toY), max(fromX, toX), max(fromY, toY)]
}
