import { blendPixel, type Raster } from './raster.ts'

/** Where a picture's centre comes to lie in another, how much it is scaled, and how far it is turned clockwise. */
export interface RasterPlace {
  readonly x: number
  readonly y: number
  readonly scale: number
  readonly turnDegrees: number
}

const subSteps = [-1 / 3, 0, 1 / 3]

/** Lays one picture into another, as a photograph shows a document that is held up. Nine samples a pixel. */
export function placeRaster(target: Raster, source: Raster, place: RasterPlace): void {
  const reach = (Math.hypot(source.width, source.height) * place.scale) / 2 + 1
  const fromY = Math.max(0, Math.floor(place.y - reach))
  const fromX = Math.max(0, Math.floor(place.x - reach))
  for (let y = fromY; y < Math.min(target.height, place.y + reach); y++) {
    for (let x = fromX; x < Math.min(target.width, place.x + reach); x++) samplePixel(target, source, place, x, y)
  }
}

function samplePixel(target: Raster, source: Raster, place: RasterPlace, x: number, y: number): void {
  const turn = (-place.turnDegrees * Math.PI) / 180
  const [cosine, sine] = [Math.cos(turn) / place.scale, Math.sin(turn) / place.scale]
  let [red, green, blue, hits] = [0, 0, 0, 0]
  for (const stepY of subSteps) {
    for (const stepX of subSteps) {
      const [awayX, awayY] = [x + 0.5 + stepX - place.x, y + 0.5 + stepY - place.y]
      const sourceX = Math.floor(awayX * cosine - awayY * sine + source.width / 2)
      const sourceY = Math.floor(awayX * sine + awayY * cosine + source.height / 2)
      if (sourceX < 0 || sourceY < 0 || sourceX >= source.width || sourceY >= source.height) continue
      const at = (sourceY * source.width + sourceX) * 3
      red += source.pixels[at] ?? 0
      green += source.pixels[at + 1] ?? 0
      blue += source.pixels[at + 2] ?? 0
      hits += 1
    }
  }
  if (hits > 0) blendPixel(target, x, y, [red / hits, green / hits, blue / hits], hits / 9)
}
