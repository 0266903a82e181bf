import type { Paint, Rgb } from './raster.ts'

/** A colour made lighter (towards 1) or darker (towards −1). */
export function shade(colour: Rgb, by: number): Rgb {
  return mix(colour, by > 0 ? [255, 255, 255] : [0, 0, 0], Math.abs(by))
}

const { round } = Math
const gradientSteps = 16

/** A colour that runs from left to right, in few steps so that pictures stay small. */
export function gradient(from: Rgb, to: Rgb, width: number): Paint {
  const steps = Array.from({ length: gradientSteps + 1 }, (_, step) => mix(from, to, step / gradientSteps))
  return (x) => steps[round((x / width) * gradientSteps)] ?? to
}

function mix(from: Rgb, to: Rgb, part: number): Rgb {
  return [from[0] + (to[0] - from[0]) * part, from[1] + (to[1] - from[1]) * part, from[2] + (to[2] - from[2]) * part]
}
