import { errorCodes } from '../../../src/shared/error-codes.ts'
import { filesBelow, headingsOf, readText } from './read-docs.ts'

const catalogue: [code: string, status: number, title: string][] = [
  ...Object.entries(errorCodes).map(([code, [status, title]]): [string, number, string] => [code, status, title]),
  ['internal-error', 500, 'Something went wrong here'],
]

describe('the pages of problems', () => {
  it.each(catalogue)('explain %s as the catalogue has it, and what to do', (code, status, title) => {
    const page = readText(`docs/problems/${code}.md`)
    expect(page.split('\n').slice(0, 3)).toEqual([`# ${code}`, '', `**${String(status)}** · ${title}`])
    expect(headingsOf(page)).toEqual([code, 'What it means', 'What to do'])
    for (const section of page.split(/^## .*$/m).slice(1)) expect(section.trim()).not.toBe('')
  })

  it('are of the catalogue and of nothing else', () => {
    const pages = filesBelow('docs/problems', '.md').filter((path) => !path.endsWith('README.md'))
    expect(pages).toEqual(catalogue.map(([code]) => `docs/problems/${code}.md`).toSorted())
  })

  it('are all listed on the first page', () => {
    const listed = [...readText('docs/problems/README.md').matchAll(/^\| \[([a-z-]+)\]\(\1\.md\) +\| (\d+) +\| (.*?) +\|$/gm)]
    expect(listed.map(([, code, status, title]) => [code, Number(status), title])).toEqual(catalogue)
  })
})
