import type { VaultDocument, VaultIndex } from '../../src/device/vault/vault-index.ts'
import { readVault } from '../../src/device/vault/vault-store.ts'
import { type Copy, copiesOf, dropCopies, isLapsed } from '../../src/device/wallet/copies.ts'
import { wantedDocuments as documentsWanted } from '../../src/device/wallet/case-files.ts'
import { followCases, isOver } from '../../src/device/wallet/follow-case.ts'
import type { Wallet } from '../../src/device/wallet/wallet.ts'
import type { AttestationReply, CaseReply, Policy } from '../../src/shared/contract/types.ts'
import { numberedTypes } from '../../src/shared/document-key.ts'
import { policyOf } from '../../src/shared/policy.ts'
import { evidenceNames } from '../ui/words.ts'

/** The policy that this wallet applies under. */
export const appliedPolicy = 'identified/v1'

/** Everything that the wallet's screens show. */
export interface WalletState {
  readonly index: VaultIndex
  readonly cases: readonly CaseReply[]
  /** The case under way, if there is one. */
  readonly live: CaseReply | undefined
  readonly attestation: AttestationReply | undefined
  readonly attestations: readonly AttestationReply[]
  readonly copies: readonly Copy[]
}

/** Fetches what the screens show; copies that no site would take are dropped. */
export async function walletState(wallet: Wallet): Promise<WalletState> {
  const cases = await followCases(wallet)
  const [{ index }, { data: attestations }] = await Promise.all([readVault(wallet, wallet.key), wallet.api.attestations()])
  const revoked = attestations.filter(({ state }) => state === 'revoked').map(({ attestation }) => attestation)
  const isUseless = (copy: Copy): boolean => revoked.includes(copy.attestation) || isLapsed(copy, wallet.clock.nowSeconds())
  await navigator.locks.request('vouchsafe-copies', () => dropCopies(wallet.memory, isUseless))
  const attestation = attestations.findLast(({ state }) => state === 'valid')
  return { index, cases, live: cases.findLast((each) => !isOver(each)), attestation, attestations, copies: await copiesOf(wallet.memory) }
}

/** The documents of the vault that the policy wants. */
export function wantedDocuments(index: VaultIndex): readonly VaultDocument[] {
  return documentsWanted(policy(), index)
}

/** The policy that this wallet applies under. */
function policy(): Policy {
  return policyOf(appliedPolicy)
}

/** What is still missing before one can apply, in words. The selfie comes later, when its code is known. */
export function missingEvidence(index: VaultIndex): string[] {
  const has = (type: string): boolean => index.documents.some((document) => document.type === type)
  const groups = policy().groups.filter(({ anyOf }) => !anyOf.includes('selfie-with-document') && !anyOf.includes('fields'))
  const unnumbered = numberedTypes.filter((type) => type !== 'national-id-number' && has(type) && !index.documentKeys.some((key) => key.type === type))
  return [
    ...groups
      .filter(({ anyOf }) => !anyOf.some(has))
      .map(({ name, anyOf }) => `A ${name}: ${anyOf.map((type) => evidenceNames[type].toLowerCase()).join(', or ')}`),
    ...(index.plainFields['name'] === undefined ? ['Your name, as it stands in the document'] : []),
    ...unnumbered.map((type) => `The number of your ${type === 'national-id-number' ? 'national id' : evidenceNames[type].toLowerCase()}`),
  ]
}
