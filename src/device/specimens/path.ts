/** A place in pixels: x to the right, y down. */
export type Point = readonly [x: number, y: number]

/** Contours, each a run of points; filling closes them, stroking does not. */
export type Path = readonly (readonly Point[])[]

/** `x' = a·x + c·y + e`, `y' = b·x + d·y + f`, in the order of SVG's `matrix()`. */
export type Affine = readonly [a: number, b: number, c: number, d: number, e: number, f: number]

/** Reads the commands M, L, C and Z (absolute, as in SVG path data) into points; each curve becomes that many straight pieces. */
export function parsePath(data: string, curveSteps = 20): Path {
  const contours: Point[][] = []
  for (const [, command, numbers] of data.matchAll(/([MLCZ])([^MLCZ]*)/g)) {
    const points = pairs(numbers ?? '')
    const current = contours.at(-1) ?? []
    if (command === 'M') contours.push(points)
    else if (command === 'L') current.push(...points)
    else if (command === 'C') current.push(...curve(current.at(-1) ?? [0, 0], points, curveSteps))
    else current.push(current[0] ?? [0, 0])
  }
  return contours
}

/** The path after a transformation. */
export function transformPath(path: Path, [a, b, c, d, e, f]: Affine): Path {
  return path.map((contour) => contour.map(([x, y]) => [a * x + c * y + e, b * x + d * y + f] as const))
}

/** A transformation that scales, turns clockwise and then moves. */
export function placement(x: number, y: number, scale: number, turnDegrees = 0): Affine {
  const [cosine, sine] = [Math.cos((turnDegrees * Math.PI) / 180) * scale, Math.sin((turnDegrees * Math.PI) / 180) * scale]
  return [cosine, sine, -sine, cosine, x, y]
}

/** An ellipse about a centre. */
export function ellipse(x: number, y: number, radiusX: number, radiusY = radiusX): Path {
  const steps = Math.max(24, Math.round(Math.max(radiusX, radiusY)))
  return [plot(steps, (turn) => [x + radiusX * Math.cos(turn * 2 * Math.PI), y + radiusY * Math.sin(turn * 2 * Math.PI)])]
}

/** A rectangle, with rounded corners where a radius is given. */
export function rectangle(x: number, y: number, width: number, height: number, radius = 0): Path {
  if (radius === 0) return [[[x, y], [x + width, y], [x + width, y + height], [x, y + height], [x, y]]] // prettier-ignore
  const corner = (cornerX: number, cornerY: number, quarter: number): Point[] =>
    plot(8, (part) => {
      const angle = ((quarter + part) * Math.PI) / 2
      return [cornerX + radius * Math.cos(angle), cornerY + radius * Math.sin(angle)]
    })
  const [left, right, top, bottom] = [x + radius, x + width - radius, y + radius, y + height - radius]
  const round = [...corner(right, bottom, 0), ...corner(left, bottom, 1), ...corner(left, top, 2), ...corner(right, top, 3)]
  return [[...round, ...round.slice(0, 1)]]
}

/** The straight line between two places. */
export function line(fromX: number, fromY: number, toX: number, toY: number): Path {
  return [[[fromX, fromY], [toX, toY]]] // prettier-ignore
}

/** The points of a function of 0…1, in that many steps. */
export function plot(steps: number, at: (part: number) => Point): Point[] {
  return Array.from({ length: steps + 1 }, (_, step) => at(step / steps))
}

function pairs(text: string): Point[] {
  const numbers = [...text.matchAll(/-?\d*\.?\d+/g)].map(Number)
  return Array.from({ length: numbers.length / 2 }, (_, index) => [numbers[index * 2] ?? 0, numbers[index * 2 + 1] ?? 0] as const)
}

function curve(from: Point, controls: readonly Point[], steps: number): Point[] {
  const points: Point[] = []
  let start = from
  for (let index = 0; index + 2 < controls.length; index += 3) {
    const [one = start, two = start, end = start] = controls.slice(index, index + 3)
    const begin = start
    points.push(...plot(steps, (part) => bezier(begin, one, two, end, part)).slice(1))
    start = end
  }
  return points
}

function bezier(from: Point, one: Point, two: Point, to: Point, part: number): Point {
  const rest = 1 - part
  const mix = (axis: 0 | 1): number => rest ** 3 * from[axis] + 3 * rest ** 2 * part * one[axis] + 3 * rest * part ** 2 * two[axis] + part ** 3 * to[axis]
  return [mix(0), mix(1)]
}
