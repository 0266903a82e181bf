import type { CaseReply, Purpose } from '../../shared/contract/types.ts'
import { toBase64url } from '../../shared/base64url.ts'
import { randomBytes } from '../../shared/ids.ts'
import { assertLogged } from '../../shared/logged-entry.ts'
import { caseNonceHash } from '../../shared/panel-draw.ts'
import { DeviceError } from '../device-error.ts'
import { acceptCheckpoint } from '../trust/remembered-checkpoint.ts'
import { currentRoster } from '../trust/verify-roster.ts'
import type { CaseSecrets } from '../vault/vault-index.ts'
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
 * An opening that was interrupted is taken up again; a nonce that has left this device is never committed to a second time.
 * @throws {AuthorityProblem} `case-open-already`, `no-panel`
 * @throws {AuthorityError} `statement-refused` if the opening is not in the log; the nonce stays here then.
 * @throws {DeviceError} `draw-refused`, `log-forked`
 */
export async function openCase(wallet: Wallet, { purpose, policy }: { readonly purpose: Purpose; readonly policy: string }): Promise<DrawnCase> {
  const { data } = await wallet.api.cases()
  const { index } = await readVault(wallet, wallet.key)
  const interrupted = data.find((each) => ['opened', 'drawn'].includes(each.state) && index.cases.some((own) => own.case === each.case))
  if (interrupted) return reveal(wallet, interrupted, index.cases)
  const nonce = await pendingNonce(wallet)
  const nonceHash = caseNonceHash(nonce)
  const committed = data.find((each) => each.state === 'opened' && each.nonceHash === nonceHash)
  const opened = committed ?? (await wallet.api.openCase({ purpose, policy, nonceHash }))
  await assertCommitted(wallet, opened)
  const { cases } = await changeVault(wallet, wallet.key, (before) => ({
    ...before,
    cases: [...before.cases, { case: opened.case, nonce, openingIndex: opened.opening.index, files: [], consents: [] }],
    history: [...before.history, { atSeconds: wallet.clock.nowSeconds(), what: 'case-opened', about: opened.case }],
  }))
  // From here on the nonce belongs to this case alone, whether or not an answer comes.
  await wallet.memory.set(nonceKey, '')
  return reveal(wallet, opened, cases)
}

async function reveal(wallet: Wallet, opened: CaseReply, cases: readonly CaseSecrets[]): Promise<DrawnCase> {
  const nonce = cases.find((own) => own.case === opened.case)?.nonce ?? ''
  return checkedCase(wallet, opened.state === 'drawn' ? opened : await wallet.api.revealNonce(opened.case, nonce), cases)
}

/**
 * A case as the authority shows it now, with the draw checked again: against the log, the roster, and the nonce that is in the vault.
 * @throws {DeviceError} `draw-refused`; `not-possible-now` for a case that this vault has not opened: its nonce would be the authority's choice.
 */
export async function drawnCase(wallet: Wallet, caseId: string): Promise<DrawnCase> {
  const { index } = await readVault(wallet, wallet.key)
  const reply = await wallet.api.case(caseId)
  return checkedCase(wallet, { ...reply, case: caseId }, index.cases)
}

/** The opening is in a log that this device remembers before the nonce is told: else the authority could try openings until it likes the draw. */
async function assertCommitted(wallet: Wallet, { opening, checkpoint }: CaseReply): Promise<void> {
  assertLogged(opening, await acceptCheckpoint(wallet, wallet.trust, checkpoint))
}

/** The case with the nonce that this person committed to in the place of the one that the authority shows: a draw from another one is then refused. */
function withOwnNonce(reply: CaseReply, nonce: string): CaseReply {
  return reply.draw === undefined ? reply : { ...reply, draw: { ...reply.draw, nonce } }
}

async function checkedCase(wallet: Wallet, shown: CaseReply, cases: readonly CaseSecrets[]): Promise<DrawnCase> {
  const own = cases.find((each) => each.case === shown.case)
  if (own === undefined) throw new DeviceError('not-possible-now', 'This vault knows of no such case under way.')
  if (shown.opening.index !== own.openingIndex) throw new DeviceError('draw-refused', 'The authority shows another opening than before the draw.')
  const reply = withOwnNonce(shown, own.nonce)
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
