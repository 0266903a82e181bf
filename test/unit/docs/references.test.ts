import { existsSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { filesBelow, headingsOf, readText } from './read-docs.ts'

const sources = [...['src', 'web', 'sdk/src'].flatMap((folder) => [...filesBelow(folder, '.ts'), ...filesBelow(folder, '.tsx')])]
const references = sources.flatMap((path) =>
  [...readText(path).matchAll(/@see (docs\/[a-z0-9/.-]+?\.md)(?:, "([^"]+)")?/g)].map(([, page = '', section]) => ({ path, page, section })),
)
const pages = [...filesBelow('docs', '.md'), 'README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'SECURITY.md', 'keys/README.md', 'sdk/README.md']

/** The anchor that a heading has where pages are shown. */
function anchorOf(heading: string): string {
  return heading.toLowerCase().replaceAll(/[^\p{L}\p{N} _-]/gu, '').replaceAll(' ', '-') // prettier-ignore
}

describe('references to the manual', () => {
  it('are found at all', () => {
    expect(references.length).toBeGreaterThan(10)
  })

  it('in docstrings lead to pages and sections that exist', () => {
    const broken = references.filter(({ page, section }) => !existsSync(page) || (section !== undefined && !headingsOf(readText(page)).includes(section)))
    expect(broken).toEqual([])
  })

  it.each(pages)('in %s lead to files and sections that exist', (page) => {
    const links = [...readText(page).matchAll(/\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)/g)].map(([, path = '', anchor]) => ({ path, anchor }))
    const broken = links.filter(({ path, anchor }) => {
      const target = path === '' ? page : normalize(join(dirname(page), path))
      return !existsSync(target) || (anchor !== undefined && !headingsOf(readText(target)).map(anchorOf).includes(anchor))
    })
    expect(broken).toEqual([])
  })

  it.each(pages)('to tests and sources in %s are to files that exist', (page) => {
    const named = [...readText(page).matchAll(/`((?:src|test|scripts|schemas|sdk|web|bin|examples|docs|keys)\/[A-Za-z0-9/._-]+\.(?:ts|tsx|js|json|md|yaml))`/g)].map(([, path = '']) => path) // prettier-ignore
    const generated = /^keys\/(public|private|operators)\//
    expect(named.filter((path) => !generated.test(path) && !existsSync(path))).toEqual([])
  })
})
