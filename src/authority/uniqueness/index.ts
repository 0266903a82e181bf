export { accountPersons, persons, tags } from './collections.ts'
export type { UniquenessDeps } from './deps.ts'
export { evaluateForCase } from './evaluate-for-case.ts'
export { personOf, releaseTags, resolvePerson, settlePerson } from './resolve-person.ts'
