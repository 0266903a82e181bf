import type { CaseReply, Purpose } from '../../shared/contract/types.ts'
import { toBase64url } from '../../shared/base64url.ts'
import { randomBytes } from '../../shared/ids.ts'
import { caseNonceHash } from '../../shared/panel-draw.ts'
import { DeviceError } from '../device-error.ts'
import { acceptCheckpoint } from '../trust/remembered-checkpoint.ts'
import { currentRoster } from '../trust/verify-roster.ts'
import { changeVault, readVault } from '../vault/vault-store.ts'
import { type VerifiedDraw, verifiedDraw } from './verify-draw.ts'
import type { Wallet } from './wallet.ts'

/** A case with the draw that this device has recomputed. */
export interface DrawnCase {
  readonly case: CaseReply
  readonly draw: VerifiedDraw
}

const nonceKey = 'case-nonce'

/**
 * Opens a case: commits to a nonce, waits for the commitment to be in the log, reveals, and recomputes panel and code.
 * An opening that was interrupted is taken up again with the same nonce.
 * @throws {AuthorityProblem} `case-open-already`, `no-panel`
 * @throws {DeviceError} `draw-refused`
 */
export async function openCase(wallet: Wallet, { purpose, policy }: { readonly purpose: Purpose; readonly policy: string }): Promise<DrawnCase> {
  const nonce = await pendingNonce(wallet)
  const opened = (await interruptedCase(wallet, nonce)) ?? (await wallet.api.openCase({ purpose, policy, nonceHash: caseNonceHash(nonce) }))
  await changeVault(wallet, wallet.key, (index) => ({
    ...index,
    cases: [...index.cases.filter((each) => each.case !== opened.case), { case: opened.case, nonce, files: [], consents: [] }],
    history: [...index.history, { atSeconds: wallet.clock.nowSeconds(), what: 'case-opened', about: opened.case }],
  }))
  const drawn = await checkedCase(wallet, withOwnNonce(await wallet.api.revealNonce(opened.case, nonce), nonce))
  await wallet.memory.set(nonceKey, '')
  return drawn
}

/**
 * A case as the authority shows it now, with the draw checked again: against the log, the roster, and the nonce that is in the vault.
 * @throws {DeviceError} `draw-refused`; `not-possible-now` for a case that this vault has not opened: its nonce would be the authority's choice.
 */
export async function drawnCase(wallet: Wallet, caseId: string): Promise<DrawnCase> {
  const { index } = await readVault(wallet, wallet.key)
  const reply = await wallet.api.case(caseId)
  const nonce = index.cases.find((each) => each.case === caseId)?.nonce
  if (nonce === undefined) throw new DeviceError('not-possible-now', 'This vault knows of no such case under way.')
  return checkedCase(wallet, withOwnNonce(reply, nonce))
}

/** The case with the nonce that this person committed to in the place of the one that the authority shows: a draw from another one is then refused. */
function withOwnNonce(reply: CaseReply, nonce: string): CaseReply {
  return reply.draw === undefined ? reply : { ...reply, draw: { ...reply.draw, nonce } }
}

async function checkedCase(wallet: Wallet, reply: CaseReply): Promise<DrawnCase> {
  const roster = await currentRoster(wallet, wallet.trust)
  const checkpoint = await acceptCheckpoint(wallet, wallet.trust, reply.checkpoint)
  return { case: reply, draw: verifiedDraw(reply, { account: wallet.key.account, checkpoint, roster }) }
}

async function pendingNonce({ memory }: Wallet): Promise<string> {
  const pending = await memory.get(nonceKey)
  if (pending) return pending
  const nonce = toBase64url(randomBytes(32))
  await memory.set(nonceKey, nonce)
  return nonce
}

async function interruptedCase({ api }: Wallet, nonce: string): Promise<CaseReply | undefined> {
  const nonceHash = caseNonceHash(nonce)
  return (await api.cases()).data.find((each) => each.state === 'opened' && each.nonceHash === nonceHash)
}
