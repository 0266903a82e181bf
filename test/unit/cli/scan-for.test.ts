import { createHash, randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateSync, gzipSync } from 'node:zlib'
import { compressedName, encodings } from '../../../src/cli/scan/encodings.ts'
import { pictureEncodings, pictureSamples } from '../../../src/cli/scan/picture-encodings.ts'
import { pictureNeedles, scanBytes, textNeedles } from '../../../src/cli/scan/scan-bytes.ts'
import { scan, scanFor } from '../../../src/cli/scan/scan-for.ts'
import { systemClock } from '../../../src/shared/clock.ts'
import { encodePng } from '../../../src/device/specimens/png.ts'
import { padded } from '../../../src/device/seal/padding.ts'
import { withoutMetadata } from '../../../src/device/seal/plain-image.ts'

const canary = 'Quillander Marrowquay'
const needles = textNeedles('text 1', canary)

describe('scan-for', () => {
  test('knows eleven encodings', () => {
    expect(new Set([...encodings.map(({ name }) => name), compressedName]).size).toBe(11)
  })

  test.each(encodings.flatMap(({ name, spellings }) => spellings(canary).map((bytes, at) => [name, at, bytes] as const)))(
    'finds a text as %s, spelling %i, inside other bytes',
    (name, _at, bytes) => {
      const hits = scanBytes('here', Buffer.concat([Buffer.alloc(7, 1), bytes, Buffer.alloc(7, 2)]), needles)
      expect(hits.map(({ encoding }) => encoding)).toContain(name)
    },
  )

  test('finds base64 of a text at each place of a longer text', () => {
    for (const before of ['', 'x', 'xy', 'xyz']) {
      const text = Buffer.from(`${before}${canary} and more`).toString('base64')
      expect(scanBytes('here', Buffer.from(text), needles).map(({ encoding }) => encoding)).toContain('base64')
    }
  })

  test.each([
    ['gzip', gzipSync],
    ['zlib', deflateSync],
  ] as const)('looks inside %s streams', (_name, compress) => {
    const bytes = Buffer.concat([Buffer.from('before'), compress(Buffer.from(`{"name": "${canary}"}`)), Buffer.from('behind')])
    expect(scanBytes('here', bytes, needles)).toEqual([{ place: 'here', what: 'text 1', encoding: compressedName }])
  })

  test('finds nothing in bytes that do not hold the text', () => {
    expect(scanBytes('here', Buffer.from('Quillander and Marrowquay are apart'), needles)).toEqual([])
  })

  test('finds the planted control in all eleven encodings, reports a hit by its line, and leaves nothing behind', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'vouchsafe-scan-'))
    try {
      await writeFile(join(folder, 'leak.log'), `nothing, then ${canary}`)
      const input = { folders: [folder], stores: [], isSkipped: () => false }
      const found = await scan({ ...input, canaries: ['not there at all', canary] })
      expect(found).toMatchObject({ places: 1, missedControls: [] })
      expect(found.hits).toContainEqual({ place: join(folder, 'leak.log'), what: 'text 2', encoding: 'utf-8' })
      expect(found.hits.every(({ what }) => what === 'text 2')).toBe(true)
      expect((await scan({ ...input, canaries: ['not there at all'] })).hits).toEqual([])
    } finally {
      await rm(folder, { recursive: true })
    }
  })

  test('says so when the control cannot be found', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'vouchsafe-scan-'))
    const isSkipped = (path: string): boolean => path.includes('.scan-control-1-') || path.includes('.scan-control-14-')
    const { missedControls } = await scan({ canaries: [], folders: [folder], stores: [], isSkipped })
    expect(missedControls).toEqual(['utf-16le', 'a picture as base64'])
    await rm(folder, { recursive: true })
  })
})

const passport = readFileSync('specimens/passport-single.png')
const letter = readFileSync('specimens/financial-document-single.png')
const passportNeedles = pictureNeedles('picture 1', passport)

describe('scan-for with a picture', () => {
  test('knows eleven encodings', () => {
    expect(new Set([...pictureEncodings.map(({ name }) => name), compressedName]).size).toBe(11)
  })

  const wholes: readonly (readonly [string, Buffer])[] = [
    ['raw', passport],
    ['raw', Buffer.from(passport.toString('utf8'))],
    ['raw', Buffer.from(passport.toString('latin1'))],
    ['utf-16le', Buffer.from(passport.toString('latin1'), 'utf16le')],
    ['utf-16be', Buffer.from(passport.toString('latin1'), 'utf16le').swap16()],
    ...[0, 1, 2].map((shift) => ['base64', Buffer.from(Buffer.concat([Buffer.alloc(shift), passport]).toString('base64'))] as const),
    ...[0, 1, 2].map((shift) => ['base64url', Buffer.from(Buffer.concat([Buffer.alloc(shift), passport]).toString('base64url'))] as const),
    ['hexadecimal', Buffer.from(passport.toString('hex'))],
    ['hexadecimal', Buffer.from(passport.toString('hex').toUpperCase())],
    ['percent', Buffer.from(passport.toString('hex').replaceAll(/../g, '%$&'))],
    ['json-escaped', Buffer.from(JSON.stringify(passport))],
    ['json-escaped', Buffer.from(JSON.stringify({ body: passport.toString('utf8') }))],
    ['json-escaped', Buffer.from(JSON.stringify({ body: passport.toString('latin1') }))],
    ['json-escaped', Buffer.from(passport.toString('hex').replaceAll(/../g, '\\u00$&'))],
    ['reversed', Buffer.from(passport).reverse()],
    ['digest', createHash('sha256').update(passport).digest()],
    ['compressed', gzipSync(passport.toString('base64'))],
  ]
  test.each(wholes.map(([name, bytes], at) => [name, at, bytes] as const))(
    'finds a whole picture as %s, spelling %i, inside other bytes',
    (name, _at, bytes) => {
      const hits = scanBytes('here', Buffer.concat([Buffer.alloc(7, 1), bytes, Buffer.alloc(7, 2)]), passportNeedles)
      expect(hits).toContainEqual({ place: 'here', what: 'picture 1', encoding: name })
    },
  )

  test('finds it padded as it is before sealing, and does not take another picture for it', () => {
    expect(scanBytes('here', Buffer.from(padded(withoutMetadata(passport))), passportNeedles).map(({ encoding }) => encoding)).toContain('raw')
    expect(scanBytes('here', letter, passportNeedles)).toEqual([])
  })

  test('looks for a JPEG by what follows the headers, which stays when metadata goes', () => {
    const pixels = Buffer.from(Array.from({ length: 3000 }, (_, at) => (at * at * 7 + at * 13) % 251))
    const [start, table, scanHeader, end] = ['ffd8', 'ffdb0004abcd', 'ffda00040102', 'ffd9'].map((hex) => Buffer.from(hex, 'hex')) as [
      Buffer,
      Buffer,
      Buffer,
      Buffer,
    ]
    const place = Buffer.from([0xff, 0xe1, 0, 102, ...randomBytes(100)])
    const camera = Buffer.concat([start, place, table, scanHeader, pixels, end])
    const samples = pictureSamples(camera)
    expect(samples).toHaveLength(3)
    expect(samples.every((sample) => pixels.includes(sample))).toBe(true)
    expect(scanBytes('here', Buffer.from(withoutMetadata(camera)), pictureNeedles('picture 1', camera))).toContainEqual({
      place: 'here',
      what: 'picture 1',
      encoding: 'raw',
    })
  })

  test.each([
    ['no picture', () => Buffer.from('%PDF-1.7')],
    ['a picture of nothing', () => encodePng({ width: 9, height: 9, pixels: new Uint8Array(243), coverage: new Uint8Array(0) })],
  ])('refuses %s, for which a scan would prove nothing', async (_what, make) => {
    const bytes = await make()
    expect(() => pictureNeedles('picture 1', bytes)).toThrow(expect.objectContaining({ code: 'not-a-picture', exitCode: 2 }))
  })

  test('as a command finds a picture in the data folder, but not the file that it was given, and leaves nothing behind', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'vouchsafe-scan-'))
    try {
      await writeFile(join(folder, 'mine.png'), passport)
      await writeFile(join(folder, 'texts'), 'not there at all\n')
      const context = {
        env: { VOUCHSAFE_DATA: folder },
        cwd: folder,
        print: () => {},
        ask: undefined,
        fetch,
        clock: systemClock,
        untilStopped: () => Promise.resolve(),
      }
      const clean = await scanFor(context, ['texts', '--picture', 'mine.png'])
      expect(clean[0]).toMatch(/^Looked for 1 texts and 1 pictures in 0 places/)
      await writeFile(join(folder, 'blob'), padded(passport))
      await expect(scanFor(context, ['--picture', 'mine.png'])).rejects.toMatchObject({ code: 'canary-found', exitCode: 1 })
      await expect(scanFor(context, [])).rejects.toMatchObject({ code: 'usage' })
      expect((await readdir(folder)).toSorted()).toEqual(['blob', 'mine.png', 'texts'])
    } finally {
      await rm(folder, { recursive: true })
    }
  })
})
