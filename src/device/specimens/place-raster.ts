import { blendPixel, type Raster, type Rgb } from './raster.ts'

/** Where a picture's centre comes to lie in another, how much it is scaled, and how far it is turned clockwise. */
interface RasterPlace {
  readonly x: number
  readonly y: number
  readonly scale: number
  readonly turnDegrees: number
}

// Taken out of the loops: where a page or a test runs in a context of its own, reading a global is slow.
const { floor } = Math

const subSteps = [-1 / 3, 0, 1 / 3]

/** Lays one picture into another, as a photograph shows a document that is held up. Nine samples a pixel. */
export function placeRaster(target: Raster, source: Raster, place: RasterPlace): void {
  const reach = (Math.hypot(source.width, source.height) * place.scale) / 2 + 1
  const turn = (-place.turnDegrees * Math.PI) / 180
  const [cosine, sine] = [Math.cos(turn) / place.scale, Math.sin(turn) / place.scale]
  const fromX = Math.max(0, floor(place.x - reach))
  const [toX, toY] = [Math.min(target.width, place.x + reach), Math.min(target.height, place.y + reach)]
  for (let y = Math.max(0, floor(place.y - reach)); y < toY; y++) {
    for (let x = fromX; x < toX; x++) {
      const [awayX, awayY] = [x + 0.5 - place.x, y + 0.5 - place.y]
      const sample = sampleAround(source, awayX * cosine - awayY * sine, awayX * sine + awayY * cosine, 1 / place.scale)
      if (sample) blendPixel(target, x, y, sample.colour, sample.opacity)
    }
  }
}

/** The mean of nine samples about a place, counted from the centre, and the share of them that lay inside. */
function sampleAround(source: Raster, x: number, y: number, reach: number): { readonly colour: Rgb; readonly opacity: number } | undefined {
  let [red, green, blue, hits] = [0, 0, 0, 0]
  for (const stepY of subSteps) {
    const sourceY = floor(y + stepY * reach + source.height / 2)
    if (sourceY < 0 || sourceY >= source.height) continue
    for (const stepX of subSteps) {
      const sourceX = floor(x + stepX * reach + source.width / 2)
      if (sourceX < 0 || sourceX >= source.width) continue
      const at = (sourceY * source.width + sourceX) * 3
      red += source.pixels[at] ?? 0
      green += source.pixels[at + 1] ?? 0
      blue += source.pixels[at + 2] ?? 0
      hits += 1
    }
  }
  return hits === 0 ? undefined : { colour: [red / hits, green / hits, blue / hits], opacity: hits / 9 }
}
