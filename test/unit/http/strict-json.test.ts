import fc from 'fast-check'
import { parseStrictJson } from '../../../src/http/strict-json.ts'
import { codeThrownBy } from './code-thrown-by.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)

test('reads every JSON value as JSON.parse does', () => {
  const shallow = fc.json({ maxDepth: 5 }).filter((text) => !/\\u[dD]/.test(text))
  fc.assert(fc.property(shallow, fc.nat(4), (text, indent) => {
    const spaced = JSON.stringify(JSON.parse(text), undefined, indent)
    expect(parseStrictJson(bytes(spaced))).toEqual(JSON.parse(spaced))
  })) // prettier-ignore
})

test('finds a member that is named twice, wherever it is and however it is written', () => {
  fc.assert(fc.property(fc.string(), fc.integer({ min: 0, max: 8 }), (name, depth) => {
    const escaped = Array.from({ length: name.length }, (_, at) => `\\u${name.charCodeAt(at).toString(16).padStart(4, '0')}`).join('')
    const object = `{${JSON.stringify(name)}:1,"other ${name.length}":{},"${escaped}":2}`
    const text = '[{"a":'.repeat(depth) + object + '}]'.repeat(depth)
    expect(codeThrownBy(() => parseStrictJson(bytes(text)))).toBe('malformed-json')
  })) // prettier-ignore
})

test('lets the same name stand in different objects, and as a value', () => {
  const text = '{"a":{"a":"a","b":["a",{"a":1}]},"b":"a"}'
  expect(parseStrictJson(bytes(text))).toEqual(JSON.parse(text))
})

test('is not confused by brackets, quotes and colons inside texts', () => {
  const value = { a: '{"a":1,"a":2}', 'b":': '[[[', c: '\\"', d: ']}' }
  expect(parseStrictJson(bytes(JSON.stringify(value)))).toEqual(value)
})

test('reads a body of nothing but escaped quotes in one pass', () => {
  const before = process.cpuUsage()
  for (const text of [`"${'\\"'.repeat(120_000)}`, `"${'\\"'.repeat(120_000)}\\`])
    expect(codeThrownBy(() => parseStrictJson(bytes(text)))).toBe('malformed-json')
  expect(process.cpuUsage(before).user).toBeLessThan(2_000_000)
})

test.each([
  ['32 deep is read', nested(32), undefined],
  ['33 deep is not', nested(33), 'invalid-request'],
  ['100,000 deep is not', '['.repeat(100_000), 'invalid-request'],
  ['nothing is not JSON', '', 'malformed-json'],
  ['two values are not JSON', '{} {}', 'malformed-json'],
  ['NaN is not JSON', 'NaN', 'malformed-json'],
  ['a comment is not JSON', '{}//', 'malformed-json'],
  ['a lone surrogate is no text', '"\\udc00"', 'malformed-json'],
  ['a pair of surrogates is', '"\\ud83d\\ude00"', undefined],
  ['a surrogate as a name is none', '{"\\ud800":1}', 'malformed-json'],
])('%s', (_case, text, code) => {
  expect(codeThrownBy(() => parseStrictJson(bytes(text)))).toBe(code)
})
