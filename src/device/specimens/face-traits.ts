import { seededRandom } from './random.ts'
import type { Rgb } from './raster.ts'

/** Ways to wear hair. `long`, `bob` and `bun` also show behind the head. */
export type HairStyle = 'crop' | 'parting' | 'curls' | 'receding' | 'long' | 'bob' | 'bun' | 'fringe'

/** What makes a drawn face one person's: drawn from the same traits, it is recognisably the same on a document and in a selfie. */
export interface Face {
  readonly skin: Rgb
  readonly hair: Rgb
  readonly eyes: Rgb
  readonly clothes: Rgb
  readonly hairStyle: HairStyle
  readonly glasses: 'none' | 'round' | 'square'
  readonly beard: 'none' | 'full' | 'moustache'
  /** From 0 (narrow) to 1 (wide). */
  readonly jaw: number
  readonly eyeDistance: number
  readonly browLift: number
  readonly noseLength: number
  readonly mouthWidth: number
}

const skins: readonly Rgb[] = [[246, 216, 192], [233, 192, 160], [214, 164, 124], [178, 124, 86], [134, 88, 62], [98, 64, 48]] // prettier-ignore
const hairs: readonly Rgb[] = [[38, 32, 34], [74, 48, 34], [122, 76, 44], [186, 140, 78], [168, 78, 44], [150, 148, 150]] // prettier-ignore
const irises: readonly Rgb[] = [[74, 52, 36], [92, 112, 70], [70, 108, 146], [104, 116, 124]] // prettier-ignore
const cloths: readonly Rgb[] = [[62, 84, 112], [112, 62, 72], [70, 98, 86], [96, 84, 116], [70, 72, 80], [150, 112, 70]] // prettier-ignore
const hairStyles = { M: ['crop', 'parting', 'curls', 'receding', 'fringe'], F: ['long', 'bob', 'bun', 'curls', 'fringe', 'parting'] } as const

/** The face of a seed. */
export function faceOf(seed: string, sex: 'F' | 'M'): Face {
  const random = seededRandom(`vouchsafe/specimen-face/v1/${seed}`)
  return {
    skin: random.pick(skins),
    hair: random.pick(hairs),
    eyes: random.pick(irises),
    clothes: random.pick(cloths),
    hairStyle: random.pick<HairStyle>(hairStyles[sex]),
    glasses: random.pick(['none', 'none', 'round', 'square'] as const),
    beard: sex === 'M' ? random.pick(['none', 'none', 'full', 'moustache'] as const) : 'none',
    jaw: random.next(),
    eyeDistance: random.next(),
    browLift: random.next(),
    noseLength: random.next(),
    mouthWidth: random.next(),
  }
}
