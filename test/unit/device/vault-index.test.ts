import { canonicalJson } from '../../../src/shared/canonical-json.ts'
import type { VaultReply } from '../../../src/shared/contract/types.ts'
import { newId } from '../../../src/shared/ids.ts'
import { toBase64url } from '../../../src/shared/base64url.ts'
import type { AuthorityApi } from '../../../src/device/api/authority-api.ts'
import { AuthorityProblem } from '../../../src/device/api/authority-problem.ts'
import { forgetfulMemory } from '../../../src/device/device-memory.ts'
import { newIdentity, recipientOf, sealTo } from '../../../src/device/seal/age.ts'
import { padded } from '../../../src/device/seal/padding.ts'
import { emptyIndex, openIndex, sealIndex, type VaultKey } from '../../../src/device/vault/vault-index.ts'
import { changeVault, readVault } from '../../../src/device/vault/vault-store.ts'

const index = { ...emptyIndex, isKitChecked: true, plainFields: { name: 'UTOPIA SPECIMEN' } }
let key: VaultKey

beforeAll(async () => {
  key = { account: newId('account'), identity: await newIdentity() }
})

describe('a vault index', () => {
  test('is opened by its owner as the state that it was sealed as', async () => {
    expect(await openIndex(key, 3, await sealIndex(key, 3, index))).toEqual(index)
  })

  test('is refused as another state, or as another account’s', async () => {
    const sealed = await sealIndex(key, 3, index)
    await expect(openIndex(key, 4, sealed)).rejects.toMatchObject({ code: 'vault-not-genuine' })
    await expect(openIndex({ ...key, account: newId('account') }, 3, sealed)).rejects.toMatchObject({ code: 'vault-not-genuine' })
  })

  test('is refused when the server made it: the recipient is public, the HMAC’s key is not', async () => {
    const injected = { account: key.account, counter: 3, content: { ...index, documents: [] }, mac: toBase64url(new Uint8Array(32)) }
    const sealed = toBase64url(await sealTo(await recipientOf(key.identity), padded(new TextEncoder().encode(canonicalJson(injected)))))
    await expect(openIndex(key, 3, sealed)).rejects.toMatchObject({ code: 'vault-not-genuine' })
  })
})

/** A server that keeps one vault; `before` may do mischief to each reply and each replacement. */
function server() {
  const state = { counter: 0, sealedIndex: '', isAnswerLost: false, onReplace: async () => {} }
  const reply = (): VaultReply => ({ counter: state.counter, sealedIndex: state.sealedIndex, wraps: [], items: [], usedBytes: 0 })
  const api = {
    vault: async () => reply(),
    replaceVaultIndex: async (counter: number, sealedIndex: string) => {
      await state.onReplace()
      if (counter !== state.counter) throw new AuthorityProblem(412, { type: 'x', title: 'x', status: 412, code: 'stale-version', requestId: 'x' })
      Object.assign(state, { counter: counter + 1, sealedIndex })
      if (state.isAnswerLost) throw new AuthorityProblem(412, { type: 'x', title: 'x', status: 412, code: 'stale-version', requestId: 'x' })
      return reply()
    },
  }
  return { state, deps: { api: api as unknown as AuthorityApi, memory: forgetfulMemory() } }
}

describe('the vault on the server', () => {
  test('begins empty and keeps what is put in', async () => {
    const { deps } = server()
    expect(await readVault(deps, key)).toEqual({ index: emptyIndex, counter: 0 })
    await changeVault(deps, key, () => index)
    expect(await readVault(deps, key)).toEqual({ index, counter: 1 })
  })

  test('cannot be rolled back, not even to nothing', async () => {
    const { deps, state } = server()
    await changeVault(deps, key, () => index)
    const old = { ...state }
    await changeVault(deps, key, (current) => ({ ...current, plainFields: {} }))
    Object.assign(state, old)
    await expect(readVault(deps, key)).rejects.toMatchObject({ code: 'vault-rolled-back' })
    Object.assign(state, { counter: 0, sealedIndex: '' })
    await expect(readVault(deps, key)).rejects.toMatchObject({ code: 'vault-rolled-back' })
    Object.assign(state, { counter: 2, sealedIndex: old.sealedIndex })
    await expect(readVault(deps, key)).rejects.toMatchObject({ code: 'vault-not-genuine' })
  })

  test('is changed again on top when another device was faster', async () => {
    const { deps, state } = server()
    const other = { ...deps, memory: forgetfulMemory() }
    let isFirst = true
    state.onReplace = async () => {
      if (!isFirst) return
      isFirst = false
      await changeVault(other, key, (current) => ({ ...current, plainFields: { ...current.plainFields, phone: '1' } }))
    }
    await changeVault(deps, key, (current) => ({ ...current, plainFields: { ...current.plainFields, name: '2' } }))
    expect((await readVault(deps, key)).index.plainFields).toEqual({ phone: '1', name: '2' })
  })

  test('is not changed twice when the answer was lost', async () => {
    const { deps, state } = server()
    state.isAnswerLost = true
    await changeVault(deps, key, (current) => ({ ...current, history: [...current.history, { atSeconds: 1, what: 'revoked', about: 'x' }] }))
    expect((await readVault(deps, key)).index.history).toHaveLength(1)
  })

  test('gives up when other devices win again and again', async () => {
    const { deps, state } = server()
    state.onReplace = async () => {
      state.counter++
      state.sealedIndex = await sealIndex(key, state.counter, index)
    }
    await expect(changeVault(deps, key, () => index)).rejects.toMatchObject({ code: 'vault-changed' })
  })
})
