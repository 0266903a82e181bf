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

// Taken out of the loops: where a page or a test runs in a context of its own, reading a global is slow.
const { min, round } = Math

const edgeSteps = 4

/** A picture filled with one paint. */
export function createRaster(width: number, height: number, paint: Paint): Raster {
  const pixels = new Uint8Array(width * height * 3)
  let at = 0
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const colour = colourAt(paint, x, y)
      pixels[at++] = colour[0]
      pixels[at++] = colour[1]
      pixels[at++] = colour[2]
    }
  }
  return { width, height, pixels, coverage: new Uint8Array(width * height) }
}

/** Lays a paint over one pixel, 0 (nothing) to 1 (opaque). The pixel must lie inside. */
export function blendPixel({ width, pixels }: Raster, x: number, y: number, paint: Paint, opacity: number): void {
  const colour = colourAt(paint, x, y)
  const at = (y * width + x) * 3
  pixels[at] = blended(pixels[at] ?? 0, colour[0], opacity)
  pixels[at + 1] = blended(pixels[at + 1] ?? 0, colour[1], opacity)
  pixels[at + 2] = blended(pixels[at + 2] ?? 0, colour[2], opacity)
}

/** Coverage in few steps: the eye does not miss the others, and pictures of fewer colours compress better. */
export function steppedCoverage(covered: number): number {
  return round(min(1, covered) * edgeSteps) / edgeSteps
}

function colourAt(paint: Paint, x: number, y: number): Rgb {
  return typeof paint === 'function' ? paint(x, y) : paint
}

function blended(under: number, over: number, opacity: number): number {
  return round(under + (over - under) * opacity)
}
