import { approve, apply, enrolReviewers, newApplicant } from '../test/support/people.ts'
import type { TestAuthority } from '../test/support/test-authority.ts'
import { refillCredentials } from '../src/device/wallet/refill-credentials.ts'
import type { Wallet } from '../src/device/wallet/wallet.ts'
import type { AuthorityChild } from './authority-child.ts'

/** Somebody with an attestation. */
export interface Holder {
  readonly wallet: Wallet
  readonly attestation: string
}

/** Walks a specimen applicant through the job. */
export async function newHolder(child: AuthorityChild): Promise<Holder> {
  // People need no more of an authority than its address and the operator's passkey.
  const authority = child as unknown as TestAuthority
  const consoles = await enrolReviewers(authority, 2)
  const wallet = await newApplicant(authority, 'bench')
  const { case: drawn } = await apply(wallet)
  for (const console of consoles) await approve(console, drawn.case)
  await child.ask({ what: 'settle' })
  const [found] = (await wallet.api.attestations()).data
  if (found === undefined) throw new Error('The applicant was not attested.')
  return { wallet, attestation: found.attestation }
}

/** Issuance requests, each for so many copies, made beforehand: the device's work is not the authority's. */
export async function issuanceRequests({ wallet, attestation }: Holder, requests: number, copies: number): Promise<readonly string[]> {
  const made: string[] = []
  const requestBatch = (_attestation: string, { request }: { readonly request: string }) => {
    made.push(request)
    return Promise.reject(new Error('kept for later'))
  }
  const keeping = { ...wallet, api: { ...wallet.api, requestBatch } }
  for (let at = 0; at < requests; at++) await refillCredentials(keeping, { attestation, format: 'vc+jwt', count: copies }).catch(() => undefined)
  return made
}
