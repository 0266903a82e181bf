import type { VerdictRecord } from '../../shared/contract/types.ts'
import type { Collection } from '../../storage/collection.ts'
import type { CasesDeps } from '../cases/index.ts'

/** What the review feature works with. */
export interface ReviewDeps extends CasesDeps {
  readonly verdicts: Collection<VerdictRecord>
  /** The living OPRF keys under which an approval must have evaluated each document number. */
  readonly oprfKeys: readonly { readonly id: string; readonly publicKey: Uint8Array }[]
  /** The person behind an account, if it has been identified. */
  readonly personOf: (account: string) => Promise<string | undefined>
}
