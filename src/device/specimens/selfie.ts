import { shade } from './colour.ts'
import { drawFace } from './face.ts'
import { drawHandwriting } from './handwriting.ts'
import { drawSpecimenMark } from './ornament.ts'
import { ellipse, line, parsePath, placement, rectangle, transformPath } from './path.ts'
import type { SpecimenPerson } from './person.ts'
import { placeRaster } from './place-raster.ts'
import { seededRandom } from './random.ts'
import { fill } from './fill.ts'
import { stroke } from './stroke.ts'
import { createRaster, type Raster, type Rgb } from './raster.ts'
import { drawText } from './text.ts'

const width = 900
const height = 1100
const head = placement(46, 92, 2.2)
const words = ['for Vouchsafe', 'identification only'] as const

/** The person holds the document beside the face, and a handwritten sheet with the case's code and "for Vouchsafe identification only". */
export function drawSelfieScene(person: SpecimenPerson, code: string, document: Raster): Raster {
  const raster = createRaster(width, height, [214, 218, 210])
  drawRoom(raster)
  drawFace(raster, person.face, head)
  drawBody(raster, person)
  drawHeldDocument(raster, person, document)
  drawHeldSheet(raster, person, code)
  drawSpecimenMark(raster, 470, 560, 62, -24, [168, 44, 56], 0.15)
  drawText(raster, 'UTOPIA SPECIMEN', width - 28, height - 30, { size: 15, pen: 2, paint: [168, 44, 56], tracking: 2, align: 'right' })
  return raster
}

function drawRoom(raster: Raster): void {
  fill(raster, rectangle(590, 84, 250, 14), [170, 138, 104])
  for (const [x, tall, paint] of [[606, 74, [98, 122, 130]], [632, 62, [166, 110, 90]], [655, 70, [124, 132, 98]]] as const) fill(raster, rectangle(x, 84 - tall, 20, tall), paint) // prettier-ignore
  fill(raster, rectangle(748, 48, 44, 36, 8), [196, 160, 132])
  for (const lean of [-26, -8, 12, 28]) stroke(raster, line(770, 50, 770 + lean, 8 + Math.abs(lean) / 2), 6, [108, 140, 104])
}

function drawBody(raster: Raster, { face }: SpecimenPerson): void {
  fill(raster, transformPath(parsePath('M0 239.5C-8 300 -12 380 -12 480L212 480C212 380 208 300 200 239.5Z'), head), face.clothes)
  stroke(raster, transformPath(parsePath('M100 224L100 480'), head), 3, shade(face.clothes, -0.22))
}

function drawHeldDocument(raster: Raster, { face }: SpecimenPerson, document: Raster): void {
  fill(raster, parsePath('M404 600C450 690 520 742 600 742C640 742 654 700 660 600L752 600C756 760 716 840 610 844C520 846 452 800 404 740Z'), face.clothes)
  stroke(raster, parsePath('M418 560C426 610 452 690 500 714'), 3, shade(face.clothes, -0.24))
  fill(raster, rectangle(654, 590, 104, 30, 8), shade(face.clothes, -0.24))
  fill(raster, parsePath('M664 606C656 560 650 520 668 470L744 470C764 520 760 560 750 606Z'), shade(face.skin, -0.03))
  placeRaster(raster, document, { x: 676, y: 330, scale: 400 / document.width, turnDegrees: 4 })
  drawThumb(raster, face.skin, 690, 520, -8)
}

function drawHeldSheet(raster: Raster, { face, seed }: SpecimenPerson, code: string): void {
  fill(raster, ellipse(76, 940, 50, 60), shade(face.skin, -0.03))
  placeRaster(raster, drawSheet(code, seed), { x: 316, y: 900, scale: 0.82, turnDegrees: -3 })
  drawThumb(raster, face.skin, 88, 946, 68)
}

function drawSheet(code: string, seed: string): Raster {
  const sheet = createRaster(600, 370, [250, 249, 243])
  const random = seededRandom(`vouchsafe/specimen-hand/v1/${seed}/${code}`)
  const pen: Rgb = [34, 44, 92]
  for (const y of [92, 172, 290]) stroke(sheet, line(24, y + 14, 576, y + 14), 1.2, [190, 206, 222])
  for (const [index, text] of words.entries()) drawHandwriting(sheet, text, 108, 92 + index * 80, 36, pen, random)
  drawHandwriting(sheet, code, 108, 290, Math.min(54, 490 / code.length), pen, random)
  stroke(sheet, rectangle(0.5, 0.5, 599, 369), 1.5, [200, 200, 192])
  return sheet
}

function drawThumb(raster: Raster, skin: Rgb, x: number, y: number, turnDegrees: number): void {
  const place = placement(x, y, 1, turnDegrees)
  const thumb = transformPath(parsePath('M-22 40C-24 10 -22 -20 -18 -42C-14 -62 14 -62 18 -42C22 -20 24 10 22 40'), place)
  fill(raster, thumb, shade(skin, -0.03))
  stroke(raster, thumb, 1.6, shade(skin, -0.28), 0.7)
  fill(raster, transformPath(parsePath('M-10 -36C-10 -56 10 -56 10 -36C10 -28 -10 -28 -10 -36Z'), place), shade(skin, 0.35))
}
