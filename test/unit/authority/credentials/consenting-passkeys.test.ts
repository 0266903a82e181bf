import { consentingPasskeys } from '../../../../src/authority/credentials/index.ts'
import type { DecisionRecord } from '../../../../src/shared/contract/types.ts'
import { passkeyThumbprint } from '../../../../src/shared/verify-assertion.ts'

const [own, planted] = [
  { credentialId: 'AAAA', publicKey: 'AAAA' },
  { credentialId: 'BBBB', publicKey: 'BBBB' },
] as const
const consents = [{ statement: { evidence: { passkeyThumbprint: passkeyThumbprint(own) } } }] as unknown as DecisionRecord['consents']

it('takes the passkey that consented, and none that was written beside it', () => {
  expect(consentingPasskeys({ passkeys: [own, planted], consents })).toEqual([own])
})

it('takes no other key under the credential id of the passkey that consented', () => {
  expect(consentingPasskeys({ passkeys: [{ ...planted, credentialId: own.credentialId }], consents })).toEqual([])
})

it('takes none where nobody consented', () => {
  expect(consentingPasskeys({ passkeys: [own], consents: [] })).toEqual([])
})
