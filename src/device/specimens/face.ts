import { shade } from './colour.ts'
import { drawFrontHair, drawBackHair } from './face-hair.ts'
import type { Face } from './face-traits.ts'
import { ellipse, parsePath, transformPath, type Affine, type Path } from './path.ts'
import { fill } from './fill.ts'
import { stroke } from './stroke.ts'
import type { Raster, Rgb } from './raster.ts'

/** A pen that draws in a face's own coordinates: 200 wide and 240 high, the head about (100, 104). */
export interface FacePen {
  fill(shape: Path | string, paint: Rgb, opacity?: number): void
  stroke(shape: Path | string, width: number, paint: Rgb, opacity?: number): void
}

/** Draws head, neck and shoulders where `place` puts the 200 by 240 box. Only shapes and colours of this file: no photograph. */
export function drawFace(raster: Raster, face: Face, place: Affine): void {
  const pen = facePen(raster, place)
  drawBackHair(pen, face)
  drawShoulders(pen, face)
  drawHead(pen, face)
  drawEyes(pen, face)
  drawNoseAndMouth(pen, face)
  drawBeard(pen, face)
  drawFrontHair(pen, face)
  drawGlasses(pen, face)
}

function facePen(raster: Raster, place: Affine): FacePen {
  const scale = Math.hypot(place[0], place[1])
  const placed = (shape: Path | string): Path => transformPath(typeof shape === 'string' ? parsePath(shape) : shape, place)
  return {
    fill: (shape, paint, opacity = 1) => fill(raster, placed(shape), paint, opacity),
    stroke: (shape, width, paint, opacity = 1) => stroke(raster, placed(shape), width * scale, paint, opacity),
  }
}

function drawShoulders(pen: FacePen, { clothes, skin }: Face): void {
  pen.fill('M0 240C4 208 34 196 76 184L124 184C166 196 196 208 200 240Z', clothes)
  pen.stroke('M34 240C36 228 37 220 36 214M166 240C164 228 163 220 164 214', 1.6, shade(clothes, -0.3))
  pen.fill('M79 148L79 186C86 203 114 203 121 186L121 148Z', shade(skin, -0.12))
  pen.fill('M79 160C88 176 112 176 121 160L121 172C112 182 88 182 79 172Z', shade(skin, -0.26), 0.6)
  pen.fill('M78 183L100 212L88 224L66 189Z', shade(clothes, 0.16))
  pen.fill('M122 183L100 212L112 224L134 189Z', shade(clothes, 0.16))
}

function drawHead(pen: FacePen, { skin, jaw }: Face): void {
  const chin = 26 + jaw * 7
  const cheek = 44 + jaw * 4
  pen.fill(ellipse(52, 112, 8, 14), shade(skin, -0.1))
  pen.fill(ellipse(148, 112, 8, 14), shade(skin, -0.1))
  const half = (side: number): string => {
    const [temple, jawline] = [100 + side * (cheek + 1), 100 + side * (cheek * 0.9)]
    return `C${100 + side * 26} 38 ${temple} 62 ${temple} 98C${temple} 132 ${jawline} 148 ${100 + side * chin} 166C${100 + side * (chin - 10)} 175 ${100 + side * 8} 178 100 178`
  }
  pen.fill(`M100 38${half(1)}L100 38${half(-1)}Z`, skin)
  for (const side of [-1, 1]) pen.fill(ellipse(100 + side * 28, 132, 10, 7), [206, 92, 80], 0.13)
}

function drawEyes(pen: FacePen, { skin, hair, eyes, eyeDistance, browLift }: Face): void {
  const apart = 19 + eyeDistance * 5
  const brow = 93 - browLift * 6
  for (const side of [-1, 1]) {
    const x = 100 + side * apart
    pen.fill(`M${x - 10} 108C${x - 5} 101 ${x + 5} 101 ${x + 10} 108C${x + 5} 113 ${x - 5} 113 ${x - 10} 108Z`, [252, 250, 246])
    pen.fill(ellipse(x, 107, 4.6), eyes)
    pen.fill(ellipse(x, 107, 2.2), [24, 20, 22])
    pen.fill(ellipse(x + 1.5, 105.4, 1.1), [255, 255, 255])
    pen.stroke(`M${x - 10.5} 108C${x - 5} 100.5 ${x + 5} 100.5 ${x + 10.5} 108`, 1.8, shade(skin, -0.72))
    pen.stroke(`M${x - 8} 114C${x - 3} 116.5 ${x + 3} 116.5 ${x + 8} 114`, 0.9, shade(skin, -0.3))
    pen.stroke(`M${x - side * 10} ${brow + 2}C${x - side * 3} ${brow - 3} ${x + side * 5} ${brow - 3} ${x + side * 12} ${brow + 3}`, 3.4, shade(hair, -0.15))
  }
}

function drawNoseAndMouth(pen: FacePen, { skin, noseLength, mouthWidth }: Face): void {
  const tip = 127 + noseLength * 7
  const reach = 13 + mouthWidth * 6
  pen.stroke(
    `M97 108C96 116 92 ${tip - 6} 92 ${tip - 2}C93 ${tip + 2} 97 ${tip + 2} 100 ${tip + 2}C103 ${tip + 2} 106 ${tip + 1} 107 ${tip - 2}`,
    1.7,
    shade(skin, -0.32),
  )
  const lips = shade([190, 92, 88], -0.5 + Math.min(0.5, (skin[0] - 98) / 300))
  pen.fill(
    `M${100 - reach} 150C${100 - reach / 2} 144 ${100 - 3} 145 100 147C103 145 ${100 + reach / 2} 144 ${100 + reach} 150C${100 + reach / 2} 158 ${100 - reach / 2} 158 ${100 - reach} 150Z`,
    lips,
    0.85,
  )
  pen.stroke(`M${100 - reach - 1} 150C${100 - reach / 2} 151.5 ${100 + reach / 2} 151.5 ${100 + reach + 1} 150`, 1.4, shade(lips, -0.4))
}

function drawBeard(pen: FacePen, { beard, hair, jaw }: Face): void {
  if (beard === 'none') return
  pen.stroke('M80 143C88 137 96 138 100 140C104 138 112 137 120 143', 5.5, hair, 0.92)
  if (beard === 'moustache') return
  const cheek = 44 + jaw * 4
  const inner = 'C130 140 124 158 100 160C76 158 70 140 64 132'
  pen.fill(
    `M${102 + cheek} 108C${102 + cheek} 140 ${98 + cheek * 0.8} 158 128 172C116 184 84 184 72 172C${102 - cheek * 0.8} 158 ${98 - cheek} 140 ${98 - cheek} 108C60 118 62 126 64 132C70 140 76 162 100 162C124 162 130 140 136 132C138 126 140 118 ${102 + cheek} 108Z`,
    hair,
    0.92,
  )
  pen.stroke(`M136 132${inner}`, 0.8, shade(hair, -0.2), 0.5)
}

function drawGlasses(pen: FacePen, { glasses, eyeDistance }: Face): void {
  if (glasses === 'none') return
  const apart = 19 + eyeDistance * 5
  const frame: Rgb = [52, 44, 48]
  for (const side of [-1, 1]) {
    const x = 100 + side * apart
    const square = `M${x - 15} 99L${x + 15} 99C${x + 16} 110 ${x + 14} 119 ${x + 8} 119L${x - 8} 119C${x - 14} 119 ${x - 16} 110 ${x - 15} 99`
    const rim = glasses === 'round' ? ellipse(x, 108, 15) : square
    pen.fill(rim, [255, 255, 255], 0.12)
    pen.stroke(rim, 2, frame)
    pen.stroke(`M${x + side * 15} 104L${100 + side * 48} 106`, 1.8, frame)
  }
  pen.stroke(`M${100 - apart + 15} 105C97 102 103 102 ${100 + apart - 15} 105`, 2, frame)
}
