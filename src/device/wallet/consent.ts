import type { CaseReply } from '../../shared/contract/types.ts'
import { policyOf } from '../../shared/policy.ts'
import { DeviceError } from '../device-error.ts'
import { readVault } from '../vault/vault-store.ts'
import { assertComplete, keepCaseFiles, plainDocuments, plainFieldsFile, uploadFiles, wantedDocuments } from './case-files.ts'
import { type ConsentTerms, shownConsent } from './due-consent.ts'
import { signConsent } from './sign-consent.ts'
import type { Wallet } from './wallet.ts'

/** What a person decides when consenting. */
export interface ConsentInput {
  readonly case: string
  /** A picture of the person, the document, the case's code and the words, as PNG or JPEG. */
  readonly selfie: Uint8Array
  /** The terms that the person agreed to, out of `dueConsent`. */
  readonly shown: ConsentTerms
}

/**
 * Opens the documents of the vault to the drawn panel, and to nobody else: panel and code are recomputed, each file is sealed anew, the person signs.
 * @throws {DeviceError} `draw-refused`, `terms-refused`, `evidence-missing`
 * @throws {AuthorityProblem} `case-state`, `case-expired`
 */
export async function consent(wallet: Wallet, { case: caseId, selfie, shown }: ConsentInput): Promise<CaseReply> {
  const due = await shownConsent(wallet, caseId, shown)
  if (due.case.state !== 'drawn') throw new DeviceError('not-possible-now', 'This case does not wait for a first consent.')
  const policy = policyOf(due.case.policy)
  const { index } = await readVault(wallet, wallet.key)
  const wanted = wantedDocuments(policy, index)
  const selfieFile = { type: 'selfie-with-document', side: 'single', plain: selfie } as const
  const plainFiles = [
    ...(await plainDocuments(wallet, wanted)),
    selfieFile,
    ...(Object.keys(index.plainFields).length > 0 ? [plainFieldsFile(index, wanted)] : []),
  ]
  assertComplete(policy, plainFiles)
  const files = await uploadFiles(wallet, caseId, plainFiles)
  await keepCaseFiles(wallet, caseId, files)
  return wallet.api.consent(caseId, await signConsent(wallet, { ...due, code: due.draw.code, files }))
}
