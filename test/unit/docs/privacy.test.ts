import { filesBelow, readText } from './read-docs.ts'

interface RecordSchema {
  readonly properties: Readonly<Record<string, unknown>>
}

/** The fields that a section of the page explains: the first cell of each row, one or several names in backquotes. */
function explainedFields(section: string): string[] {
  const rows = [...section.matchAll(/^\| (`[^|]+) \|([^|]+)\|([^|]+)\|$/gm)]
  return rows.filter(([, , why = '', kept = '']) => why.trim() !== '' && kept.trim() !== '').flatMap(([, names = '']) => [...names.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name)) // prettier-ignore
}

const page = readText('docs/privacy.md')
const sections = new Map(page.split(/^### /m).slice(1).map((text) => [text.slice(0, text.indexOf('\n')), text])) // prettier-ignore
const names = filesBelow('schemas/records', '.schema.json').map((path) => path.slice('schemas/records/'.length, -'.schema.json'.length))

describe('the privacy page', () => {
  it.each(names)('says of each stored field of %s what it is for and how long it is kept, and of no other', (name) => {
    const { properties } = JSON.parse(readText(`schemas/records/${name}.schema.json`)) as RecordSchema
    const wanted = Object.keys(properties).filter((field) => field !== 'version' && field !== 'acts')
    expect(explainedFields(sections.get(name) ?? '').toSorted()).toEqual(wanted.toSorted())
  })

  it('has a section for each record and for nothing else', () => {
    expect([...sections.keys()].toSorted()).toEqual(names.toSorted())
  })

  it('explains the two fields that all records share', () => {
    for (const field of ['version', 'acts']) expect(page.slice(0, page.indexOf('### '))).toContain(`\`${field}\``)
  })
})
