import type { CaseReply } from '../../shared/contract/types.ts'
import { policyOf } from '../../shared/policy.ts'
import { DeviceError } from '../device-error.ts'
import { readVault } from '../vault/vault-store.ts'
import { assertComplete, keepCaseFiles, plainDocuments, plainFieldsFile, uploadFiles } from './case-files.ts'
import { drawnCase } from './open-case.ts'
import { signConsent } from './sign-consent.ts'
import type { Wallet } from './wallet.ts'

/** What a person decides when consenting. */
export interface ConsentInput {
  readonly case: string
  /** A picture of the person, the document, the case's code and the words, as PNG or JPEG. */
  readonly selfie: Uint8Array
}

/**
 * Opens the documents of the vault to the drawn panel, and to nobody else: panel and code are recomputed, each file is sealed anew, the person signs.
 * @throws {DeviceError} `draw-refused`, `evidence-missing`
 * @throws {AuthorityProblem} `case-state`, `case-expired`
 */
export async function consent(wallet: Wallet, { case: caseId, selfie }: ConsentInput): Promise<CaseReply> {
  const drawn = await drawnCase(wallet, caseId)
  if (drawn.case.state !== 'drawn') throw new DeviceError('not-possible-now', 'This case does not wait for a first consent.')
  const policy = policyOf(drawn.case.policy)
  const { index } = await readVault(wallet, wallet.key)
  const wanted = index.documents.filter(({ type }) => policy.groups.some(({ anyOf }) => anyOf.includes(type)))
  const selfieFile = { type: 'selfie-with-document', side: 'single', plain: selfie } as const
  const plainFiles = [
    ...(await plainDocuments(wallet, wanted)),
    selfieFile,
    ...(Object.keys(index.plainFields).length > 0 ? [plainFieldsFile(index, wanted)] : []),
  ]
  assertComplete(policy, plainFiles)
  const files = await uploadFiles(wallet, caseId, plainFiles)
  await keepCaseFiles(wallet, caseId, files)
  return wallet.api.consent(
    caseId,
    await signConsent(wallet, { case: drawn.case, code: drawn.draw.code, round: 1, files, panel: drawn.draw.panel, predecessor: null }),
  )
}
