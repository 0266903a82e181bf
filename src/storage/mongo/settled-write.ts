import { isAnswerLost } from './mongo-error.ts'

/** What became of a write: `untouched` means that it has not taken place so far, `unknown` that nobody can tell any more. */
export type Outcome = 'written' | 'refused' | 'untouched' | 'unknown'

/** One write, that may be tried twice because at most one try can take effect: ids are unique and versions are compared. */
export interface SettledWrite {
  /** Tries the write, and tells whether the server took or refused it. */
  readonly attempt: () => Promise<'written' | 'refused'>
  /** Reads what is stored and compares it with what was to be written. */
  readonly readBack: () => Promise<Outcome>
}

/**
 * Makes a write and, when its answer is lost, reads before it answers.
 * The second try's refusal is not believed: the first one may have arrived late and be the reason for it.
 */
export async function settleWrite({ attempt, readBack }: SettledWrite): Promise<Outcome> {
  const first = await tryOnce(attempt)
  if (first !== 'unknown') return first
  const seen = await readBack()
  if (seen !== 'untouched') return seen
  return (await tryOnce(attempt)) === 'written' ? 'written' : readBack()
}

async function tryOnce(attempt: SettledWrite['attempt']): Promise<'written' | 'refused' | 'unknown'> {
  try {
    return await attempt()
  } catch (error) {
    if (isAnswerLost(error)) return 'unknown'
    throw error
  }
}
