import fc from 'fast-check'
import { etagOf, versionOfIfMatch } from '../../../src/http/etag.ts'
import { codeThrownBy } from './code-thrown-by.ts'

test('reads back each version that it writes', () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 999_999_999_999_999 }), (version) => versionOfIfMatch(etagOf(version)) === version))
})

test.each([undefined])('asks for the header where it is missing', (header) => {
  expect(codeThrownBy(() => versionOfIfMatch(header))).toBe('precondition-required')
})

test.each(['*', '', '7', 'W/"7"', '"7", "8"', '"07"', '"-1"', '"1e3"', ' "7"', '"9999999999999999"'])('refuses %p as a version', (header) => {
  expect(codeThrownBy(() => versionOfIfMatch(header))).toBe('invalid-request')
})
