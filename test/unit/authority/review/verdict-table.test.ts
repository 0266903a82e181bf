import fc from 'fast-check'
import { decideRound } from '../../../../src/authority/review/index.ts'
import type { CaseRecord } from '../../../../src/shared/contract/types.ts'

type Listed = CaseRecord['verdicts'][number]

const file = 'a'.repeat(64)

/** Verdicts of one round by different reviewers: `approve:x` approves with tags x, others carry a reason of their own. */
function verdicts(...kinds: readonly string[]): Listed[] {
  return kinds.map((text, at) => {
    const [kind, tags = 'same'] = text.split(':')
    const reasons = kind === 'resubmit' || kind === 'reject' ? [{ sha256: file, code: (['blurred', 'glare', 'cut-off'] as const)[at % 3]! }] : []
    return { verdict: `verdict_${String(at)}`, reviewer: `reviewer_${String(at)}`, round: 1, kind: kind as Listed['kind'], tagsHash: tags, reasons }
  })
}

const outcomeOf = (kinds: readonly string[], panelSize = 3): string => {
  const result = decideRound(verdicts(...kinds), panelSize)
  return result.kind === 'outcome' ? result.outcome : result.kind === 'open' ? `open ${String(result.seats)}` : result.kind
}

describe('the verdict table', () => {
  it.each([
    [[], 'open 2'],
    [['approve'], 'open 1'],
    [['reject'], 'open 1'],
    [['approve', 'approve'], 'approve'],
    [['reject', 'reject'], 'reject'],
    [['resubmit', 'resubmit'], 'resubmit'],
    [['approve', 'reject'], 'open 1'],
    [['approve', 'reject', 'approve'], 'approve'],
    [['approve', 'reject', 'resubmit'], 'resubmit'],
    [['approve:x', 'approve:y'], 'open 1'],
    [['approve:x', 'approve:y', 'approve:x'], 'approve'],
    [['approve:x', 'approve:y', 'approve:z'], 'resubmit'],
    [['cannot-open'], 'open 2'],
    [['cannot-open', 'approve'], 'open 1'],
    [['cannot-open', 'approve', 'approve'], 'approve'],
    [['cannot-open', 'cannot-open'], 'consent-needed'],
    [['cannot-open', 'approve', 'reject'], 'consent-needed'],
  ])('%j gives %s', (kinds, expected) => {
    expect(outcomeOf(kinds)).toBe(expected)
  })

  it('waits for a further reviewer when a panel of two disagrees', () => {
    expect(outcomeOf(['approve', 'reject'], 2)).toBe('consent-needed')
  })

  it('joins the reasons of the verdicts that agree, each once', () => {
    const result = decideRound(verdicts('resubmit', 'resubmit'), 3)
    expect(result).toMatchObject({ reasons: [{ code: 'blurred' }, { code: 'glare' }] })
  })

  it('never approves on fewer than two approvals with equal tags, whatever the verdicts', () => {
    const kind = fc.constantFrom('approve:x', 'approve:y', 'resubmit', 'reject', 'cannot-open')
    fc.assert(
      fc.property(fc.array(kind, { maxLength: 8 }), (kinds) => {
        if (outcomeOf(kinds, 8) !== 'approve') return
        const most = Math.max(...['approve:x', 'approve:y'].map((approval) => kinds.filter((one) => one === approval).length))
        expect(most).toBeGreaterThanOrEqual(2)
      }),
      { numRuns: 2000 },
    )
  })
})
