import { shade } from './colour.ts'
import type { FacePen } from './face.ts'
import type { Face, HairStyle } from './face-traits.ts'
import { ellipse } from './path.ts'

const behind: Readonly<Partial<Record<HairStyle, string>>> = {
  long: 'M100 22C58 20 40 52 40 96C40 140 34 176 30 206C52 216 78 206 84 196L116 196C122 206 148 216 170 206C166 176 160 140 160 96C160 52 142 20 100 22Z',
  bob: 'M100 22C58 20 38 54 40 98C40 130 36 152 42 164C60 172 78 168 84 160L116 160C122 168 140 172 158 164C164 152 160 130 160 98C162 54 142 20 100 22Z',
  bun: 'M100 24C62 22 46 54 46 96C46 108 48 118 52 124L148 124C152 118 154 108 154 96C154 54 138 22 100 24Z',
}

const cap = 'M50 110C42 58 64 24 102 24C140 24 158 60 150 110L143 108C144 96 144 88 143 80'
const inFront: Readonly<Record<HairStyle, string>> = {
  crop: `${cap}C132 72 120 62 100 62C80 62 66 72 57 80C56 88 56 96 57 108L50 110Z`,
  parting: `${cap}C128 78 96 72 78 52C74 66 64 76 57 84C56 90 56 97 57 108L50 110Z`,
  curls: `${cap}C134 66 118 60 100 60C82 60 66 66 57 80C56 88 56 96 57 108L50 110Z`,
  receding: 'M50 108C44 82 48 56 66 42C62 58 60 72 57 82C54 90 54 98 50 108ZM150 108C156 82 152 56 134 42C138 58 140 72 143 82C146 90 146 98 150 108Z',
  long: 'M46 112C40 58 62 22 101 22C140 22 160 58 154 112C148 92 142 78 128 68C116 60 106 50 100 42C92 56 80 64 70 72C58 82 52 96 46 112Z',
  bob: `${cap}C140 84 60 84 57 82C56 88 56 96 57 108L50 110Z`,
  bun: `${cap}C136 62 118 50 100 50C82 50 64 62 57 80C56 88 56 96 57 108L50 110Z`,
  fringe: `${cap}C140 90 134 92 128 86C122 92 112 92 106 86C100 92 88 92 84 86C76 92 68 92 57 86C56 90 56 97 57 108L50 110Z`,
}

/** The hair behind head and shoulders. */
export function drawBackHair(pen: FacePen, { hair, hairStyle }: Face): void {
  if (hairStyle === 'bun') pen.fill(ellipse(100, 20, 24, 19), shade(hair, -0.12))
  const shape = behind[hairStyle]
  if (shape) pen.fill(shape, shade(hair, -0.22))
}

/** The hair over the forehead, with a few lighter strands. */
export function drawFrontHair(pen: FacePen, { hair, hairStyle }: Face): void {
  pen.fill(inFront[hairStyle], hair)
  if (hairStyle === 'curls') drawCurls(pen, hair)
  if (hairStyle === 'receding') return
  const strand = shade(hair, 0.16)
  pen.stroke('M64 60C72 42 88 34 104 32M78 52C88 42 100 38 116 38', 1.5, strand, 0.7)
}

function drawCurls(pen: FacePen, hair: Face['hair']): void {
  for (let index = 0; index <= 14; index++) {
    const angle = Math.PI * (0.94 + (index / 14) * 1.12)
    pen.fill(ellipse(100 + 48 * Math.cos(angle), 74 + 46 * Math.sin(angle), 13), shade(hair, index % 2 ? -0.1 : 0))
    pen.fill(ellipse(100 + 34 * Math.cos(angle), 66 + 24 * Math.sin(angle), 11), shade(hair, index % 2 ? 0.05 : -0.05))
  }
}
