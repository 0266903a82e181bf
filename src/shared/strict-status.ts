import { type CheckStatus, type DocumentLoader, type StatusResult, verifyCredential } from '@digitalbazaar/vc'
import { checkStatus } from '@digitalbazaar/vc-bitstring-status-list'
import type { TrustFile } from './contract/types.ts'
import { verifyingSuite } from './data-integrity.ts'
import { DataIntegrityError } from './data-integrity-error.ts'
import { isWithinLife } from './key-life.ts'

/** What status is checked against. */
export interface StrictStatusInput {
  readonly trust: TrustFile
  /** Status list credentials in Data Integrity form, by URL. */
  readonly statusLists: ReadonlyMap<string, object>
  readonly documentLoader: DocumentLoader
  readonly nowSeconds: number
  /** Counted from the list's own `validFrom`. */
  readonly maxStatusAgeSeconds: number
}

interface StatusListCredential {
  readonly id?: unknown
  readonly validFrom?: unknown
  readonly validUntil?: unknown
  readonly proof?: { readonly verificationMethod?: unknown }
}

type Entries = readonly { readonly statusListCredential: string }[]

const clockSkewSeconds = 60

/**
 * A status check that fails for a credential which is revoked or suspended. The library's own check says `verified: true` of those and leaves the bits to the caller;
 * it also takes any assertion key and any age. Here each list must be signed by a status key, be recent, and leave every bit unset.
 */
export function strictStatusCheck(input: StrictStatusInput): CheckStatus {
  return async (options) => {
    try {
      const { credentialStatus } = options.credential as { readonly credentialStatus: Entries }
      for (const { statusListCredential } of credentialStatus) await assertGenuineList(input, statusListCredential)
      const result = await checkStatus({ ...options, ...{ verifyBitstringStatusListCredential: false } })
      assertNoBitSet(result)
      return result
    } catch (error) {
      return { verified: false, error: error instanceof DataIntegrityError ? error : new DataIntegrityError('status-malformed') }
    }
  }
}

function assertNoBitSet({ verified, results }: StatusResult): void {
  if (!verified || results?.length !== 2) throw new DataIntegrityError('status-malformed')
  const set = results.filter(({ status }) => status).map(({ credentialStatus }) => credentialStatus.statusPurpose)
  if (set.includes('revocation')) throw new DataIntegrityError('revoked')
  if (set.length > 0) throw new DataIntegrityError('suspended')
}

async function assertGenuineList(input: StrictStatusInput, url: string): Promise<void> {
  const list = input.statusLists.get(url) as StatusListCredential | undefined
  if (!list) throw new DataIntegrityError('status-unavailable')
  if (list.id !== url) throw new DataIntegrityError('status-malformed')
  await assertSignedByStatusKey(input, list)
  assertRecent(input, list)
}

async function assertSignedByStatusKey({ trust, documentLoader, nowSeconds }: StrictStatusInput, list: StatusListCredential): Promise<void> {
  const key = trust.keys.find(({ kid }) => kid === list.proof?.verificationMethod)
  const signedAtSeconds = Date.parse(String(list.validFrom)) / 1000
  const isStatusKey = key?.use === 'status' && key.state !== 'compromised' && isWithinLife(key, { signedAtSeconds, nowSeconds })
  // Dates are judged by `assertRecent`, with a code of their own; here only the signature counts.
  const isGenuine = isStatusKey && (await verifyCredential({ credential: list, suite: verifyingSuite(), documentLoader, maxClockSkew: Infinity })).verified
  if (!isGenuine) throw new DataIntegrityError('status-signature')
}

function assertRecent({ nowSeconds, maxStatusAgeSeconds }: StrictStatusInput, { validFrom, validUntil }: StatusListCredential): void {
  const ageSeconds = nowSeconds - Date.parse(String(validFrom)) / 1000
  const isOver = nowSeconds * 1000 >= Date.parse(String(validUntil))
  const isRecent = ageSeconds >= -clockSkewSeconds && ageSeconds <= maxStatusAgeSeconds
  if (!isRecent || isOver) throw new DataIntegrityError('status-stale')
}
