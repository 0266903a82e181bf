import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stampOf } from '../../../scripts/lib/stamp.js'

const folder = mkdtempSync(join(tmpdir(), 'vouchsafe-stamp-'))
const write = (name: string, text: string) => writeFileSync(join(folder, name), text)

beforeEach(() => {
  rmSync(folder, { recursive: true })
  mkdirSync(join(folder, 'dist'), { recursive: true })
  write('a.ts', '1')
})

afterAll(() => rmSync(folder, { recursive: true }))

test.each([
  ['a file changes', () => write('a.ts', '2')],
  ['a file appears', () => write('b.ts', '')],
  ['a file goes away', () => rmSync(join(folder, 'a.ts'))],
])('builds again when %s', (_case, change) => {
  const before = stampOf([folder])
  change()
  expect(stampOf([folder])).not.toBe(before)
})

test('does not build again when a file is only touched, or something was built', () => {
  const before = stampOf([folder])
  write('a.ts', '1')
  write('dist/a.js', '1')
  expect(stampOf([folder])).toBe(before)
})
