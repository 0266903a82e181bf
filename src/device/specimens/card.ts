import { gradient } from './colour.ts'
import { drawBraid, drawEmblem, drawSpecimenMark } from './ornament.ts'
import { createRaster, type Raster, type Rgb } from './raster.ts'
import { drawBand } from './sheet.ts'
import { drawText } from './text.ts'

/** The colours of a card: its band, the paper's two ends, the fine lines. */
export interface CardColours {
  readonly band: Rgb
  readonly paper: readonly [Rgb, Rgb]
  readonly lines: Rgb
}

const width = 1000
const height = 631

/** A blank card of Utopia in the size of a bank card (85.6 by 54 mm), with emblem and title. */
export function drawCard(title: string, side: 'front' | 'back', { band, paper, lines }: CardColours): Raster {
  const raster = createRaster(width, height, gradient(...paper, width))
  drawBraid(raster, 112, height, lines)
  drawBand(raster, side === 'front' ? 88 : 60, band)
  if (side === 'front') drawEmblem(raster, 62, 44, 31, [240, 224, 172])
  const titlePaint: Rgb = [250, 248, 240]
  if (side === 'front') drawText(raster, 'REPUBLIC OF UTOPIA', 112, 42, { size: 19, pen: 2.6, paint: titlePaint, tracking: 3 })
  drawText(raster, title, side === 'front' ? 112 : 40, side === 'front' ? 72 : 40, { size: 15, pen: 2, paint: [240, 224, 172], tracking: 3 })
  drawText(raster, 'UTOPIA SPECIMEN', 960, 40, { size: 14, pen: 2, paint: titlePaint, tracking: 2, align: 'right' })
  drawSpecimenMark(raster, side === 'front' ? 600 : 500, side === 'front' ? 370 : 230, side === 'front' ? 52 : 46, side === 'front' ? -18 : -10)
  return raster
}
