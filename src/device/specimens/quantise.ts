import type { Raster } from './raster.ts'

/** A picture of few colours: three bytes a palette entry, one index a pixel. */
interface IndexedPicture {
  readonly palette: Uint8Array
  readonly indices: Uint8Array
}

interface Bin {
  red: number
  green: number
  blue: number
  count: number
  entry: number
}
type Channel = 'red' | 'green' | 'blue'
interface Box {
  readonly bins: readonly Bin[]
  readonly channel: Channel
  readonly error: number
}

const paletteSize = 256
const binCount = 2 ** 18
// Taken out of the loops: where a page or a test runs in a context of its own, reading a global is slow.
const { sqrt } = Math

const channels: readonly Channel[] = ['red', 'green', 'blue']

/** Reduces a picture to 256 colours by median cut over its colours, counted in bins of six bits a channel. Deterministic. */
export function quantise(raster: Raster): IndexedPicture {
  const { bins, slots } = countBins(raster.pixels)
  const palette = Uint8Array.from(cutBoxes(bins).flatMap((box, entry) => averageOf(box, entry)))
  const entries = Uint8Array.from(bins, ({ entry }) => entry)
  const indices = new Uint8Array(raster.width * raster.height)
  for (let index = 0; index < indices.length; index++) indices[index] = entries[(slots[binOf(raster.pixels, index * 3)] ?? 0) - 1] ?? 0
  return { palette, indices }
}

function binOf(pixels: Uint8Array, at: number): number {
  return (((pixels[at] ?? 0) >> 2) << 12) | (((pixels[at + 1] ?? 0) >> 2) << 6) | ((pixels[at + 2] ?? 0) >> 2)
}

/** The bins that occur, with their mean colour; `slots` gives a bin's place in the list, counted from 1. */
function countBins(pixels: Uint8Array): { readonly bins: readonly Bin[]; readonly slots: Uint32Array } {
  const bins: Bin[] = []
  const slots = new Uint32Array(binCount)
  for (let at = 0; at < pixels.length; at += 3) {
    const key = binOf(pixels, at)
    if (slots[key] === 0) slots[key] = bins.push({ red: 0, green: 0, blue: 0, count: 0, entry: 0 })
    addTo(bins[(slots[key] ?? 0) - 1], pixels, at)
  }
  for (const bin of bins) for (const channel of channels) bin[channel] /= bin.count
  return { bins, slots }
}

function addTo(bin: Bin | undefined, pixels: Uint8Array, at: number): void {
  if (!bin) return
  bin.red += pixels[at] ?? 0
  bin.green += pixels[at + 1] ?? 0
  bin.blue += pixels[at + 2] ?? 0
  bin.count += 1
}

function cutBoxes(bins: readonly Bin[]): readonly Box[] {
  const boxes = [measured(bins)]
  while (boxes.length < paletteSize) {
    const worst = boxes.reduce((best, box, index) => (box.error > (boxes[best]?.error ?? 0) ? index : best), 0)
    const box = boxes[worst]
    if (!box || box.error === 0) break
    boxes.splice(worst, 1, ...halves(box).map(measured))
  }
  return boxes
}

/** The channel in which the bins vary most, and how much that is felt: squared deviation, weighted softly by pixels. */
function measured(bins: readonly Bin[]): Box {
  const boxes = channels.map((channel) => ({ bins, channel, error: deviation(bins, channel) }))
  return boxes.reduce((most, next) => (next.error > most.error ? next : most))
}

function deviation(bins: readonly Bin[], channel: Channel): number {
  let [weight, sum, squares] = [0, 0, 0]
  for (const bin of bins) {
    const pixels = sqrt(bin.count)
    weight += pixels
    sum += pixels * bin[channel]
    squares += pixels * bin[channel] ** 2
  }
  return Math.max(0, Math.round(squares - sum ** 2 / weight))
}

function halves({ bins, channel }: Box): (readonly Bin[])[] {
  const weight = bins.reduce((sum, bin) => sum + sqrt(bin.count), 0)
  const mean = bins.reduce((sum, bin) => sum + bin[channel] * sqrt(bin.count), 0) / weight
  const [low, high] = [bins.filter((bin) => bin[channel] <= mean), bins.filter((bin) => bin[channel] > mean)]
  return low.length > 0 && high.length > 0 ? [low, high] : [bins.slice(0, 1), bins.slice(1)]
}

function averageOf({ bins }: Box, entry: number): number[] {
  const pixels = bins.reduce((sum, bin) => sum + bin.count, 0)
  for (const bin of bins) bin.entry = entry
  return channels.map((channel) => Math.round(bins.reduce((sum, bin) => sum + bin[channel] * bin.count, 0) / pixels))
}
