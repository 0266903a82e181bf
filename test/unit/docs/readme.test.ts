import { roleHelp } from '../../../src/cli/roles/as.ts'
import { settingEntries } from '../../../src/config/settings.ts'
import { readText } from './read-docs.ts'

const readme = readText('README.md')
const walk = readme.slice(readme.indexOf('## Ten minutes, by hand'), readme.indexOf('Then look around'))
const shellLines = (text: string): string[] => [...text.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].flatMap(([, block = '']) => block.trim().split('\n'))

describe('the first page', () => {
  it('lists every setting, and no other', () => {
    const table = readme.slice(readme.indexOf('### Settings'), readme.indexOf('### Production'))
    const rows = table.split('\n').filter((line) => line.startsWith('| `'))
    const listed = rows.flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`([A-Z_]+)`/g)].map(([, name = '']) => name))
    const known = settingEntries.flatMap(([name, { hasFileTwin }]) => (hasFileTwin === true ? [name, `${name}_FILE`] : [name]))
    expect(listed.toSorted()).toEqual(known.toSorted())
  })

  it('walks through the job in at most twenty commands', () => {
    expect(shellLines(walk).length).toBeGreaterThan(10)
    expect(shellLines(walk).length).toBeLessThanOrEqual(20)
  })

  it('types commands that their roles have', () => {
    const typed = shellLines(readme).flatMap((line) => [...line.matchAll(/^npx vouchsafe as ([a-z]+) --profile [a-z]+ ([a-z-]+)/g)])
    expect(typed.length).toBeGreaterThan(10)
    const unknown = typed.filter(([, role, command]) => !roleHelp(role).some((line) => line.trim().split(' ')[0] === command))
    expect(unknown.map(([line]) => line)).toEqual([])
  })
})
