import type { Path, Point } from './path.ts'

/** Red, green and blue, 0 to 255. */
export type Rgb = readonly [number, number, number]

/** One colour, or a colour for each pixel (gradients). */
export type Paint = Rgb | ((x: number, y: number) => Rgb)

/** A picture: three bytes a pixel, row by row. `coverage` is scratch space, all zero between calls. */
export interface Raster {
  readonly width: number
  readonly height: number
  readonly pixels: Uint8Array
  readonly coverage: Uint8Array
}

const subRows = 4
const edgeSteps = 4

/** A picture filled with one paint. */
export function createRaster(width: number, height: number, paint: Paint): Raster {
  const raster = { width, height, pixels: new Uint8Array(width * height * 3), coverage: new Uint8Array(width * height) }
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) blendPixel(raster, x, y, paint, 1)
  return raster
}

/** Lays a paint over one pixel, 0 (nothing) to 1 (opaque). The pixel must lie inside. */
export function blendPixel(raster: Raster, x: number, y: number, paint: Paint, opacity: number): void {
  const [red, green, blue] = typeof paint === 'function' ? paint(x, y) : paint
  const at = (y * raster.width + x) * 3
  const { pixels } = raster
  pixels[at] = blended(pixels[at] ?? 0, red, opacity)
  pixels[at + 1] = blended(pixels[at + 1] ?? 0, green, opacity)
  pixels[at + 2] = blended(pixels[at + 2] ?? 0, blue, opacity)
}

/** Fills closed contours by the non-zero rule, anti-aliased. */
export function fill(raster: Raster, path: Path, paint: Paint, opacity = 1): void {
  const [left, top, right, bottom] = inside(raster, bounds(path), 0)
  const row = new Float32Array(raster.width + 1)
  for (let y = top; y < bottom; y++) {
    row.fill(0)
    for (let sub = 0; sub < subRows; sub++) addSpans(row, raster.width, path, y + (sub + 0.5) / subRows)
    for (let x = left; x < right; x++) {
      const covered = row[x] ?? 0
      if (covered > 0) blendPixel(raster, x, y, paint, stepped(covered) * opacity)
    }
  }
}

/** Draws along contours with a round pen of that width, anti-aliased; where the line crosses itself it is no darker. */
export function stroke(raster: Raster, path: Path, width: number, paint: Paint, opacity = 1): void {
  for (const contour of path) {
    for (let index = 0; index < contour.length; index++) {
      const from = contour[index] ?? [0, 0]
      coverSegment(raster, from, contour[index + 1] ?? from, width / 2)
    }
  }
  layCoverage(raster, inside(raster, bounds(path), width), paint, opacity)
}

function blended(under: number, over: number, opacity: number): number {
  return Math.round(under + (over - under) * opacity)
}

function addSpans(row: Float32Array, width: number, path: Path, y: number): void {
  let winding = 0
  let start = 0
  for (const [x, direction] of crossings(path, y)) {
    if (winding === 0) start = x
    winding += direction
    if (winding === 0) addSpan(row, Math.max(0, start), Math.min(width, x))
  }
}

function crossings(path: Path, y: number): (readonly [number, number])[] {
  const found: (readonly [number, number])[] = []
  for (const contour of path) {
    for (let index = 0; index < contour.length; index++) {
      const [fromX, fromY] = contour[index] ?? [0, 0]
      const [toX, toY] = contour[(index + 1) % contour.length] ?? [0, 0]
      if (fromY <= y === toY <= y) continue
      found.push([fromX + ((y - fromY) / (toY - fromY)) * (toX - fromX), fromY < toY ? 1 : -1])
    }
  }
  return found.sort((one, other) => one[0] - other[0])
}

function addSpan(row: Float32Array, from: number, to: number): void {
  for (let x = Math.floor(from); x < to; x++) row[x] = (row[x] ?? 0) + (Math.min(to, x + 1) - Math.max(from, x)) / subRows
}

function coverSegment(raster: Raster, [fromX, fromY]: Point, [toX, toY]: Point, radius: number): void {
  const [left, top, right, bottom] = inside(raster, segmentBounds(fromX, fromY, toX, toY), radius * 2)
  const [runX, runY] = [toX - fromX, toY - fromY]
  const perLength = 1 / Math.max(runX * runX + runY * runY, 1e-9)
  const full = Math.min(1, radius * 2) * 255
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const awayX = x + 0.5 - fromX
      const awayY = y + 0.5 - fromY
      const along = Math.max(0, Math.min(1, (awayX * runX + awayY * runY) * perLength))
      const distance = Math.sqrt((awayX - along * runX) ** 2 + (awayY - along * runY) ** 2)
      const covered = Math.min(1, radius - distance + 0.5) * full
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
      if (covered > 0) blendPixel(raster, x, y, paint, stepped(covered / 255) * opacity)
      raster.coverage[at] = 0
    }
  }
}

/** Coverage in few steps: the eye does not miss the others, and pictures of fewer colours compress better. */
function stepped(covered: number): number {
  return Math.round(Math.min(1, covered) * edgeSteps) / edgeSteps
}

type Bounds = readonly [left: number, top: number, right: number, bottom: number]

function segmentBounds(fromX: number, fromY: number, toX: number, toY: number): Bounds {
  return [Math.min(fromX, toX), Math.min(fromY, toY), Math.max(fromX, toX), Math.max(fromY, toY)]
}

function bounds(path: Path): Bounds {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const contour of path) {
    for (const [x, y] of contour) {
      left = Math.min(left, x)
      right = Math.max(right, x)
      top = Math.min(top, y)
      bottom = Math.max(bottom, y)
    }
  }
  return [left, top, right, bottom]
}

function inside(raster: Raster, [left, top, right, bottom]: Bounds, penWidth: number): Bounds {
  const margin = penWidth / 2 + 1
  const clamp = (value: number, limit: number): number => Math.max(0, Math.min(limit, value))
  return [
    clamp(Math.floor(left - margin), raster.width),
    clamp(Math.floor(top - margin), raster.height),
    clamp(Math.ceil(right + margin), raster.width),
    clamp(Math.ceil(bottom + margin), raster.height),
  ]
}
