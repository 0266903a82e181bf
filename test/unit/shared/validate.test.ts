import { readSchemas } from '../../../scripts/contract/read-schemas.ts'
import { schemas } from '../../../src/shared/contract/schemas.ts'
import type { SchemaName } from '../../../src/shared/contract/types.ts'
import { isAuthorityError } from '../../../src/shared/errors.ts'
import { assertValid, createValidator, validate } from '../../../src/shared/validate.ts'

const samples = Object.fromEntries(readSchemas('test/support/schemas').map((file) => [file.name, { ...file.content }]))
const validator = createValidator(samples)
const sample = { id: `sample_${'a'.repeat(26)}`, version: 1, kind: 'a', files: [{ sizeBytes: 3 }] }

test('accepts a value of the described form', () => {
  expect(validator.validate('records/sample', sample)).toEqual([])
})

test.each([
  ['a missing member', { ...sample, kind: undefined }, '/kind'],
  ['a wrong type', { ...sample, version: '1' }, '/version'],
  ['an unknown member', { ...sample, secret: 1 }, ''],
  ['a fault far inside', { ...sample, files: [{ sizeBytes: 11 }] }, '/files/0/sizeBytes'],
  ['a text that does not match its pattern', { ...sample, id: 'sample_1' }, '/id'],
])('points at %s', (_case, value, pointer) => {
  expect(validator.validate('records/sample', JSON.parse(JSON.stringify(value))).map((fault) => fault.pointer)).toEqual([pointer])
})

test('never repeats the value or the name of an unknown member', () => {
  const faults = validator.validate('records/sample', { ...sample, 'ERIKSSON ANNA': 'ERIKSSON' })
  expect(faults).toHaveLength(1)
  expect(JSON.stringify(faults)).not.toContain('ERIKSSON')
})

test('treats an unknown schema name as a bug', () => {
  expect(() => validator.validate('records/none', {})).toThrow('no schema records/none')
})

test('refuses with invalid-request and the faults', () => {
  const caught = thrownBy(() => assertValid('records/session', {}))
  expect(isAuthorityError(caught, 'invalid-request') && caught.faults.length).toBe(1)
})

test('compiles every schema of the contract under strict rules', () => {
  const names = Object.keys(schemas)
  expect(names.length).toBeGreaterThan(10)
  for (const name of names) expect(Array.isArray(validate(name as SchemaName, null))).toBe(true)
})

function thrownBy(run: () => void): unknown {
  try {
    run()
  } catch (error) {
    return error
  }
  return undefined
}
