import { readFileSync } from 'node:fs'
import { trustLifetimeSeconds } from '../../../../src/authority/keys/generate-keys.ts'
import { signsForDays, warnBeforeDays } from '../../../../src/authority/keys/key-warnings.ts'
import type { KeysPolicy } from '../../../../src/shared/contract/types.ts'
import { validate } from '../../../../src/shared/validate.ts'
import { openTestKeys } from '../../../support/test-keys.ts'

const policy = JSON.parse(readFileSync('keys/policy.json', 'utf8')) as KeysPolicy

describe('the policy of keys', () => {
  it('has the form of its schema, and a use without its rules has not', () => {
    expect(validate('keys-policy', policy)).toEqual([])
    expect(validate('keys-policy', { ...policy, uses: { ...policy.uses, root: {} } })).not.toEqual([])
  })

  it('is kept by the keys that are generated: each use has exactly its algorithms', async () => {
    const { keys } = (await openTestKeys(1_795_000_000)).trust
    for (const use of ['credential', 'status', 'bundle', 'log', 'oprf'] as const) {
      expect(new Set(keys.filter((key) => key.use === use).map(({ alg }) => alg))).toEqual(new Set(policy.uses[use].algorithms))
    }
  })

  it('is kept by the trust file’s life and by the copies that a credential key signs', () => {
    expect(trustLifetimeSeconds).toBe(policy.trustFile.lifetimeDays * 86_400)
    expect(policy.uses.credential.publishedAfterDays).toBeGreaterThanOrEqual(28)
  })

  it('is kept by the warnings: each use that has a time, and a trust file early enough to reach its root', () => {
    const limited = Object.entries(policy.uses).filter(([use, { signsForDays: limit }]) => use !== 'root' && limit !== null)
    expect(signsForDays).toEqual(Object.fromEntries(limited.map(([use, { signsForDays: limit }]) => [use, limit])))
    expect(warnBeforeDays).toBeGreaterThan(policy.trustFile.renewBeforeDays)
  })
})
