import { drawEmblem, drawSpecimenMark } from './ornament.ts'
import { ellipse, line, rectangle } from './path.ts'
import { fill } from './fill.ts'
import { stroke } from './stroke.ts'
import { createRaster, type Raster, type Rgb } from './raster.ts'
import { drawText } from './text.ts'

/** The letterhead of an office or a bank. */
interface Letterhead {
  readonly office: string
  readonly place: string
  readonly title: string
  readonly colour: Rgb
}

const width = 840
const height = 1188

/** A blank sheet in the proportions of A4 with letterhead, title and the specimen mark. */
export function drawLetter({ office, place, title, colour }: Letterhead): Raster {
  const raster = createRaster(width, height, [252, 252, 249])
  fill(raster, rectangle(0, 0, width, 12), colour)
  drawEmblem(raster, 104, 92, 40, colour)
  drawText(raster, office, 168, 84, { size: 20, pen: 2.6, paint: colour, tracking: 2 })
  drawText(raster, place, 168, 116, { size: 12, pen: 1.4, paint: [92, 98, 112] })
  drawText(raster, 'UTOPIA SPECIMEN', width - 64, 52, { size: 12, pen: 1.7, paint: [168, 44, 56], tracking: 2, align: 'right' })
  stroke(raster, line(64, 152, width - 64, 152), 1.4, colour)
  drawText(raster, title, 64, 216, { size: 24, pen: 3, paint: [26, 32, 48], tracking: 1 })
  drawSpecimenMark(raster, width / 2, 760, 62, -34, [168, 44, 56], 0.13)
  return raster
}

/** An office's round stamp. */
export function drawStamp(raster: Raster, words: readonly [string, string], x: number, y: number, paint: Rgb): void {
  const radius = 62
  drawEmblem(raster, x, y - 10, 24, paint)
  for (const [reach, pen] of [[radius, 2.6], [radius - 6, 1]] as const) stroke(raster, ellipse(x, y, reach), pen, paint, 0.8) // prettier-ignore
  drawText(raster, words[0], x, y + 30, { size: 9, pen: 1.3, paint, align: 'centre', opacity: 0.85 })
  drawText(raster, words[1], x, y + 45, { size: 8, pen: 1.1, paint, align: 'centre', opacity: 0.85 })
}
