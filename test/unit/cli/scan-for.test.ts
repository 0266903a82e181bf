import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateSync, gzipSync } from 'node:zlib'
import { compressedName, encodings } from '../../../src/cli/scan/encodings.ts'
import { needlesOf, scanBytes } from '../../../src/cli/scan/scan-bytes.ts'
import { scan } from '../../../src/cli/scan/scan-for.ts'

const canary = 'Quillander Marrowquay'
const needles = needlesOf([canary])

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
    expect(scanBytes('here', bytes, needles)).toEqual([{ place: 'here', canary: 0, encoding: compressedName }])
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
      expect(found.hits).toContainEqual({ place: join(folder, 'leak.log'), canary: 1, encoding: 'utf-8' })
      expect(found.hits.every(({ canary: line }) => line === 1)).toBe(true)
      expect((await scan({ ...input, canaries: ['not there at all'] })).hits).toEqual([])
    } finally {
      await rm(folder, { recursive: true })
    }
  })

  test('says so when the control cannot be found', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'vouchsafe-scan-'))
    const { missedControls } = await scan({ canaries: [], folders: [folder], stores: [], isSkipped: (path) => path.includes('.scan-control-1-') })
    expect(missedControls).toEqual(['utf-16le'])
    await rm(folder, { recursive: true })
  })
})
