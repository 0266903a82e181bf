import type { AuthorityApi } from '../../../src/device/api/authority-api.ts'
import { forgetfulMemory } from '../../../src/device/device-memory.ts'
import { newIdentity } from '../../../src/device/seal/age.ts'
import { drawnCase, openCase } from '../../../src/device/wallet/open-case.ts'
import type { Wallet } from '../../../src/device/wallet/wallet.ts'
import { toBase64url } from '../../../src/shared/base64url.ts'
import type { CaseReply, OpenCaseRequest, RosterReply, VaultReply } from '../../../src/shared/contract/types.ts'
import { newId } from '../../../src/shared/ids.ts'
import { caseCode, drawSeed, rankReviewers } from '../../../src/shared/panel-draw.ts'
import { createLog, createTrust, intent, now, rosterEntry, signedRoster, type TestLog } from './support/log-world.ts'

const application = { purpose: 'identify', policy: 'identified/v1' } as const
let log: TestLog
let roster: RosterReply
let wallet: Wallet
let revealed: string[]
/** Where the authority says that the opening is, when the nonce is not known to it and when it is. */
let shownFirst: (honest: number) => number
let shownThen: (honest: number) => number

/** An authority that keeps one vault and one case. */
function authority(): AuthorityApi {
  let vault = { counter: 0, sealedIndex: '' }
  let opened: Pick<CaseReply, 'case' | 'nonceHash'> & { readonly index: number }
  const vaultReply = (): VaultReply => ({ ...vault, wraps: [], items: [], usedBytes: 0 })
  const caseReply = (index: number): CaseReply => ({
    ...{ case: opened.case, state: 'opened', ...application, openedAtSeconds: now, deadlineSeconds: now + 99, round: 0 },
    ...{ nonceHash: opened.nonceHash, opening: { ...log.prove(opened.index), index }, checkpoint: log.note(), consents: [], openings: [], outcomes: [] },
  })
  const drawnReply = (nonce: string, index: number): CaseReply => {
    const input = { nonce, rosterHash: roster.rosterHash, treeSize: index + 1, rootHash: toBase64url(log.checkpointAt(index + 1).rootHash) }
    const seed = drawSeed({ case: opened.case, ...input })
    const ranking = rankReviewers(seed, roster.entries.map(({ reviewer }) => reviewer)) // prettier-ignore
    const draw = { ...input, rosterSequence: roster.sequence, ranking, panelSize: 3, code: caseCode(seed) }
    return { ...caseReply(index), state: 'drawn', opening: log.prove(index), draw }
  }
  const api = {
    vault: async () => vaultReply(),
    replaceVaultIndex: async (counter: number, sealedIndex: string) => {
      vault = { counter: counter + 1, sealedIndex }
      return vaultReply()
    },
    roster: async () => roster,
    inclusionProof: log.inclusionProof,
    cases: async () => ({ data: [] }),
    openCase: async ({ nonceHash }: OpenCaseRequest) => {
      const id = newId('case')
      opened = { case: id, nonceHash, index: log.append(intent(newId('act'), id, { nonceHash })) }
      return caseReply(shownFirst(opened.index))
    },
    revealNonce: async (_id: string, nonce: string) => {
      revealed.push(nonce)
      // The same commitment once more: genuine, in the log, and of another draw.
      log.append(intent(newId('act'), opened.case, { nonceHash: opened.nonceHash }))
      return drawnReply(nonce, shownThen(opened.index))
    },
    case: async () => drawnReply(revealed[0]!, shownThen(opened.index)),
  }
  return api as unknown as AuthorityApi
}

beforeEach(async () => {
  log = createLog()
  const { trust, operator } = await createTrust(log)
  const entries = await Promise.all(Array.from({ length: 5 }, () => rosterEntry()))
  roster = await signedRoster(log, operator, entries.map((entry) => ({ action: 'add' as const, entry }))) // prettier-ignore
  revealed = []
  shownFirst = shownThen = (honest) => honest
  const key = { account: newId('account'), identity: await newIdentity() }
  wallet = { api: authority(), memory: forgetfulMemory(), clock: { nowSeconds: () => now }, trust, key } as unknown as Wallet
})

describe('opening a case', () => {
  test('draws from the opening that was in the log before the nonce was told', async () => {
    const { case: opened, draw } = await openCase(wallet, application)
    expect((await drawnCase(wallet, opened.case)).draw.code).toBe(draw.code)
  })

  test('tells no nonce as long as the opening is not in the log', async () => {
    shownFirst = (honest) => honest + 1
    await expect(openCase(wallet, application)).rejects.toMatchObject({ code: 'statement-refused' })
    expect(revealed).toEqual([])
  })

  test('takes no draw from a second opening, which the authority could try out with the nonce', async () => {
    shownThen = (honest) => honest + 1
    await expect(openCase(wallet, application)).rejects.toMatchObject({ code: 'draw-refused' })
    shownThen = (honest) => honest
    const { case: opened } = await openCase({ ...wallet, memory: forgetfulMemory() }, application)
    shownThen = (honest) => honest + 1
    await expect(drawnCase(wallet, opened.case)).rejects.toMatchObject({ code: 'draw-refused' })
  })

  test('never commits twice to a nonce that has left the device, even if the answer was lost', async () => {
    const revealNonce: AuthorityApi['revealNonce'] = async (...told) => {
      await wallet.api.revealNonce(...told)
      throw new Error('The answer was lost.')
    }
    await expect(openCase({ ...wallet, api: { ...wallet.api, revealNonce } }, application)).rejects.toThrow('The answer was lost.')
    await openCase(wallet, application)
    expect(revealed).toHaveLength(2)
    expect(revealed[1]).not.toBe(revealed[0])
  })
})
