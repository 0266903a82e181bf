import { authorityFromUrl, verifyAttestation } from '@vouchsafe/verify'
import { present } from '../../src/device/wallet/present.ts'
import { refillCredentials } from '../../src/device/wallet/refill-credentials.ts'
import { revoke } from '../../src/device/wallet/revoke.ts'
import { apply, approve, enrolReviewers, newApplicant } from '../support/people.ts'
import { startTestAuthority, type TestAuthority } from '../support/test-authority.ts'

describe('one attestation, from joining to revoking', () => {
  let authority: TestAuthority
  beforeAll(async () => void (authority = await startTestAuthority()), 60_000)
  afterAll(() => authority.close())

  it('gives a credential after two agreeing verdicts, and kills it when it is revoked', async () => {
    const consoles = await enrolReviewers(authority, 3)
    const wallet = await newApplicant(authority, 'story')
    const { case: drawn } = await apply(wallet, 'story')
    await approve(consoles[0]!, drawn.case)
    await authority.features.duties.settle()
    expect((await wallet.api.attestations()).data).toEqual([])
    await approve(consoles[1]!, drawn.case)
    await authority.features.duties.settle()
    expect((await wallet.api.case(drawn.case)).state).toBe('attested')
    const [attestation] = (await wallet.api.attestations()).data
    await refillCredentials(wallet, { attestation: attestation!.attestation, format: 'vc+jwt', count: 3 })

    const audience = 'http://127.0.0.1:8090'
    const nonce = 'a-nonce-of-this-visit'
    const presentation = await present(wallet, { audience, nonce })
    const trusted = authorityFromUrl({ issuer: authority.issuer, rootThumbprint: authority.rootThumbprint })
    const expectations = { authority: trusted, audience, nonce, maxStatusAgeSeconds: 60, requiredPolicy: 'identified/v1', environment: 'test' } as const
    expect(await verifyAttestation(presentation, expectations)).toMatchObject({ policy: 'identified/v1' })

    await revoke(wallet, attestation!.attestation)
    const fresh = authorityFromUrl({ issuer: authority.issuer, rootThumbprint: authority.rootThumbprint })
    await expect(verifyAttestation(presentation, { ...expectations, authority: fresh })).rejects.toMatchObject({ code: 'revoked' })
  }, 120_000)
})
