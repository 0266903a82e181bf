import fc from 'fast-check'
import { newId } from '../../../src/shared/ids.ts'
import { newIdentity } from '../../../src/device/seal/age.ts'
import { newPassphrase, openByPassphrase, wrapByPassphrase } from '../../../src/device/vault/passphrase.ts'
import { openByPrf, wrapByPrf } from '../../../src/device/vault/prf-wrap.ts'
import { kitAuthenticator, kitText, newRecoveryKit, openByKit, parseKit, wrapByKit } from '../../../src/device/vault/recovery-kit.ts'

const cheap = 1
const account = newId('account')
const wrongWayIn = expect.objectContaining({ code: 'wrong-way-in' })

/** The stanzas of an age file: lines that begin with an arrow. */
function stanzas(sealed: Uint8Array): string[] {
  return Buffer.from(sealed).toString('latin1').split('\n').filter((line) => line.startsWith('-> ')) // prettier-ignore
}

describe('a passphrase', () => {
  test('is six words, another one each time', () => {
    const made = Array.from({ length: 50 }, () => newPassphrase())
    expect(made.every((passphrase) => /^[a-z]+( [a-z]+){5}$/.test(passphrase))).toBe(true)
    expect(new Set(made).size).toBe(50)
  })

  test('opens what it wrapped, however it is spaced and capitalised', async () => {
    const identity = await newIdentity()
    const sealed = await wrapByPassphrase(identity, 'zebra able acid zoo wrap year', cheap)
    expect(await openByPassphrase(sealed, '  Zebra able\nACID zoo   wrap year ')).toBe(identity)
    await expect(openByPassphrase(sealed, 'zebra able acid zoo wrap yard')).rejects.toEqual(wrongWayIn)
  })

  test('is the one way into its file', async () => {
    expect(stanzas(await wrapByPassphrase(await newIdentity(), newPassphrase(), cheap)).map((line) => line.split(' ')[1])).toEqual(['scrypt'])
  })
})

describe('a recovery kit', () => {
  test('opens what it wrapped, and nothing of another account', async () => {
    const identity = await newIdentity()
    const kit = newRecoveryKit(account)
    const sealed = await wrapByKit(identity, kit)
    expect(await openByKit(sealed, kit)).toBe(identity)
    await expect(openByKit(sealed, newRecoveryKit(account))).rejects.toEqual(wrongWayIn)
    await expect(openByKit(sealed, { ...kit, account: newId('account') })).rejects.toEqual(wrongWayIn)
    expect(stanzas(sealed)).toHaveLength(1)
  })

  test('is read back from its text, with the look-alikes that people write', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 20, maxLength: 20 }), (bytes) => {
        const kit = newRecoveryKit(account, () => Uint8Array.from(bytes))
        const written = kitText(kit).replace(/code: .*/, (code) => code.toLowerCase().replaceAll('0', 'o').replaceAll('1', 'l').replaceAll('-', ' ').replace('code:', 'code:')) // prettier-ignore
        expect(parseKit(written.replace('c l de', 'code').replace(/rec.very c.de/i, 'Recovery code'))).toEqual(kit)
      }),
    )
  })

  test.each(['', 'Recovery code: AAAA', `Account: ${account}`, `Account: ${account}\nRecovery code: ${'U'.repeat(32)}`])('refuses the text %j', (text) => {
    expect(() => parseKit(text)).toThrow(wrongWayIn)
  })

  test('holds a passkey of its own that is the same wherever it is typed', async () => {
    const kit = newRecoveryKit(account)
    const input = { rpId: 'localhost', origin: 'http://localhost', challenge: new Uint8Array(32) }
    const [one, other] = [await kitAuthenticator(kit).get(input), await kitAuthenticator(parseKit(kitText(kit))).get(input)]
    expect(one.credentialId).toBe(other.credentialId)
    expect((await kitAuthenticator(newRecoveryKit(account)).get(input)).credentialId).not.toBe(one.credentialId)
  })
})

describe('a passkey’s PRF', () => {
  test('opens what it wrapped, for its own passkey alone', async () => {
    const identity = await newIdentity()
    const output = new Uint8Array(32).fill(9)
    const sealed = await wrapByPrf(identity, output, 'passkey-a')
    expect(await openByPrf(sealed, output, 'passkey-a')).toBe(identity)
    await expect(openByPrf(sealed, output, 'passkey-b')).rejects.toEqual(wrongWayIn)
    await expect(openByPrf(sealed, output.with(0, 1), 'passkey-a')).rejects.toEqual(wrongWayIn)
  })
})
