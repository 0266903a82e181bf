import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { authorityFromBundle, isRefusal, verifyAttestation } from '@vouchsafe/verify'
import { tokenControls } from './token-attacks/controls.ts'
import { tokenAttacks } from './token-attacks/all.ts'

/** A text, or its parts; a part that is repeated says how often. */
type Text = string | readonly (string | readonly [string, number])[]

interface VectorFile {
  readonly issuer: string
  readonly rootThumbprint: string
  readonly bundle: string
  readonly expected: Omit<Parameters<typeof verifyAttestation>[1], 'authority'>
  readonly vectors: readonly {
    readonly name: string
    readonly outcome: string
    readonly presentation: Text
    readonly bundle?: Text
    readonly expected?: object
  }[]
}

const folder = 'test/vectors/tokens'
const files = readdirSync(folder).map((name) => [name.replace('.json', ''), JSON.parse(readFileSync(`${folder}/${name}`, 'utf8')) as VectorFile] as const)

const whole = (text: Text): string =>
  typeof text === 'string' ? text : text.map((part) => (typeof part === 'string' ? part : part[0].repeat(part[1]))).join('')

async function outcome({ issuer, rootThumbprint, bundle, expected }: VectorFile, vector: VectorFile['vectors'][number]): Promise<string> {
  const { nowSeconds = 0 } = expected
  try {
    const authority = await authorityFromBundle({ bundle: whole(vector.bundle ?? bundle), issuer, rootThumbprint, nowSeconds })
    await verifyAttestation(whole(vector.presentation), { ...expected, ...vector.expected, authority })
    return 'accepted'
  } catch (error) {
    if (!isRefusal(error)) throw error
    return error.code
  }
}

describe.each(files)('the vectors of %s', (_part, file) => {
  test.each(file.vectors.map((vector) => [vector.name, vector] as const))('%s', async (_name, vector) => {
    expect(await outcome(file, vector)).toBe(vector.outcome)
  })
})

describe('the vectors', () => {
  test('are of every attack and every control, and of nothing else', () => {
    const vectors = files.flatMap(([part, file]) => file.vectors.map(({ name, outcome: code }) => `${part}: ${name}: ${code}`))
    const attacks = Object.entries({ controls: tokenControls, ...tokenAttacks }).flatMap(([part, list]) =>
      list.map(({ name, code }) => `${part}: ${name}: ${code}`),
    )
    expect(vectors.toSorted()).toEqual(attacks.toSorted())
  })
})
