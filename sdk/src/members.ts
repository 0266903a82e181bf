import { isJsonObject } from './strict-json.ts'

/** What a member must be: a test of its value. */
export type MemberTest = (value: unknown) => boolean

/** A string of `min` to `max` characters. */
export function text(min: number, max: number): MemberTest {
  return (value) => typeof value === 'string' && value.length >= min && value.length <= max
}

/** A whole number that is not negative. */
export const count: MemberTest = (value) => Number.isSafeInteger(value) && (value as number) >= 0

/** Exactly this JSON value, members in any order. */
export function exactly(expected: unknown): MemberTest {
  if (Array.isArray(expected)) return list(expected.map(exactly))
  if (isJsonObject(expected)) return members(Object.fromEntries(Object.entries(expected).map(([name, value]) => [name, exactly(value)])))
  return (value) => value === expected
}

/** An array with one item for each test. */
export function list(tests: readonly MemberTest[]): MemberTest {
  return (value) => Array.isArray(value) && value.length === tests.length && tests.every((test, index) => test(value[index]))
}

/** An object with exactly these members; those named in `optional` may be absent. */
export function members(tests: Readonly<Record<string, MemberTest>>, optional: readonly string[] = []): MemberTest {
  const names = new Set(Object.keys(tests))
  return (value) =>
    isJsonObject(value) &&
    Object.keys(value).every((name) => names.has(name)) &&
    Object.entries(tests).every(([name, test]) => (Object.hasOwn(value, name) ? test(value[name]) : optional.includes(name)))
}

/** An object with string names and string values. */
export function isTextMap(value: unknown): value is Readonly<Record<string, string>> {
  return isJsonObject(value) && Object.values(value).every((item) => typeof item === 'string')
}
