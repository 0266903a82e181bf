import { utf8ToBytes } from '@noble/hashes/utils'
import type { CaseReply, ConsentRequest, ConsentStatement, Evidence, PanelMember, RosterEntry } from '../../shared/contract/types.ts'
import { toBase64url } from '../../shared/base64url.ts'
import { consentHash, evidenceHash } from '../../shared/evidence.ts'
import { sha256Hex } from '../../shared/hash.ts'
import { passkeyThumbprint } from '../../shared/verify-assertion.ts'
import { DeviceError } from '../device-error.ts'
import { sealTo } from '../seal/age.ts'
import type { CaseFile, KeptConsent } from '../vault/vault-index.ts'
import { changeVault } from '../vault/vault-store.ts'
import { signAsOwner, type Wallet } from './wallet.ts'

/** The text under which people consent; the page that shows it names this version. */
const consentTextVersion = 'consent/v1'

/** What a consent is about. */
export interface ConsentPlan {
  readonly case: CaseReply
  readonly code: string
  readonly round: number
  readonly files: readonly CaseFile[]
  readonly panel: readonly RosterEntry[]
  /** The consent before this one, or null. */
  readonly predecessor: string | null
}

/** What reviewers find in a wrap: the keys of this round's files, by the hash of each ciphertext. */
export interface PlainWrap {
  readonly case: string
  readonly round: number
  readonly identities: Readonly<Record<string, string>>
}

/**
 * Seals the files' keys to each member of the panel, and signs that these people may open these files until the deadline.
 * What was signed is in the vault when it resolves: whom later consents may follow is known from there, not from the authority.
 */
export async function signConsent(wallet: Wallet, plan: ConsentPlan): Promise<ConsentRequest> {
  const evidence = await evidenceOf(wallet, plan)
  const panel = plan.panel.map(({ reviewer, organisation, recipient }): PanelMember => ({ reviewer, organisation, recipient }))
  const wraps = await Promise.all(panel.map((member) => wrapFor(member, plan)))
  const content = {
    evidenceHash: evidenceHash(evidence),
    panel,
    wraps: wraps.map(({ reviewer, sealed }) => ({ reviewer, sha256: sha256Hex(sealed) })),
    textVersion: consentTextVersion,
    deadlineSeconds: plan.case.deadlineSeconds,
    predecessor: plan.predecessor,
  }
  const hash = consentHash(content)
  const signed = await signAsOwner<ConsentStatement>(wallet, { kind: 'consent', subject: plan.case.case, subjectVersion: plan.round, evidence, ...content, consentHash: hash }) // prettier-ignore
  await keepConsent(wallet, plan.case.case, { round: plan.round, consentHash: hash, panel: panel.map(({ reviewer }) => reviewer) })
  return { signed, wraps: wraps.map(({ reviewer, sealed }) => ({ reviewer, sealed: toBase64url(sealed) })) }
}

async function keepConsent(wallet: Wallet, caseId: string, signed: KeptConsent): Promise<void> {
  await changeVault(wallet, wallet.key, (index) => ({
    ...index,
    cases: index.cases.map((each) => (each.case === caseId ? { ...each, consents: [...each.consents, signed] } : each)),
  }))
}

async function evidenceOf(wallet: Wallet, { case: { case: caseId, policy }, round, code, files }: ConsentPlan): Promise<Evidence> {
  const passkey = (await wallet.api.account()).passkeys.find(({ credentialId }) => credentialId === wallet.credentialId)
  if (passkey === undefined) throw new DeviceError('not-joined', 'The passkey of this device is not registered to the account.')
  return {
    case: caseId,
    account: wallet.key.account,
    passkeyThumbprint: passkeyThumbprint(passkey),
    round,
    code,
    policy,
    files: files.map(({ type, side, sha256, sizeBytes }) => ({ type, side, sha256, sizeBytes })),
  }
}

async function wrapFor(
  { reviewer, recipient }: PanelMember,
  { case: { case: caseId }, round, files }: ConsentPlan,
): Promise<{ reviewer: string; sealed: Uint8Array }> {
  const plainWrap: PlainWrap = { case: caseId, round, identities: Object.fromEntries(files.map(({ sha256, identity }) => [sha256, identity])) }
  return { reviewer, sealed: await sealTo(recipient, utf8ToBytes(JSON.stringify(plainWrap))) }
}
