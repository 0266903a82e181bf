import fc from 'fast-check'
import { weekOf } from '../../../../src/authority/credentials/index.ts'
import { dateTimeOf } from '../../../../src/authority/credentials/week.ts'

describe('the dates of a week', () => {
  it('are those of the format page', () => {
    expect(weekOf(1_795_262_400)).toEqual({ validFromSeconds: 1_794_787_200, validUntilSeconds: 1_797_206_400 })
    expect(dateTimeOf(1_794_787_200)).toBe('2026-11-16T00:00:00Z')
  })

  it('begin on the Monday of the time and last 28 days, at any time until 2100', () => {
    fc.assert(
      fc.property(fc.integer({ min: 345_600, max: 4_102_444_800 }), (now) => {
        const { validFromSeconds, validUntilSeconds } = weekOf(now)
        expect(new Date(validFromSeconds * 1000).toUTCString()).toMatch(/^Mon, .* 00:00:00 GMT$/)
        expect(now - validFromSeconds).toBeGreaterThanOrEqual(0)
        expect(now - validFromSeconds).toBeLessThan(7 * 86_400)
        expect(validUntilSeconds - validFromSeconds).toBe(28 * 86_400)
      }),
    )
  })
})
