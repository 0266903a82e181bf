import { authorityFromUrl, verifyAttestation } from '@vouchsafe/verify'
import type { Console } from '../../src/device/console/console.ts'
import { present } from '../../src/device/wallet/present.ts'
import { refillCredentials } from '../../src/device/wallet/refill-credentials.ts'
import { revoke } from '../../src/device/wallet/revoke.ts'
import { withdraw } from '../../src/device/wallet/withdraw.ts'
import type { Wallet } from '../../src/device/wallet/wallet.ts'
import { derivedId } from '../../src/shared/ids.ts'
import { apply, approve, enrolReviewers, newApplicant } from '../support/people.ts'
import { startTestAuthority, type TestAuthority } from '../support/test-authority.ts'

/** Somebody who can put old rows back, as a restored backup does, must not undo what a person has taken back. */
describe('what was taken back stays so, whatever a row says later', () => {
  let authority: TestAuthority
  let consoles: readonly Console[]
  beforeAll(async () => {
    authority = await startTestAuthority()
    consoles = await enrolReviewers(authority, 3)
  }, 120_000)
  afterAll(() => authority.close())

  const attested = async (seed: string): Promise<{ readonly wallet: Wallet; readonly attestation: string }> => {
    const wallet = await newApplicant(authority, seed)
    const { case: drawn } = await apply(wallet)
    await Promise.all([approve(consoles[0]!, drawn.case), approve(consoles[1]!, drawn.case)])
    await authority.features.duties.settle()
    return { wallet, attestation: (await wallet.api.attestations()).data.at(-1)!.attestation }
  }

  it('a case whose rows were put back after its withdrawal comes to nothing', async () => {
    const { cases, caseDesks, duties } = authority.features
    const wallet = await newApplicant(authority, 'put-back')
    const { case: drawn } = await apply(wallet)
    await approve(consoles[0]!, drawn.case)
    const [row, desk] = [(await cases.get(drawn.case))!, (await caseDesks.get(drawn.case))!]
    await approve(consoles[1]!, drawn.case).catch(() => undefined)
    const approved = (await cases.get(drawn.case))!
    // The withdrawal is taken on a copy of the case that is still open, as if it had come before the second verdict.
    await cases.replace({ ...row, version: approved.version })
    await withdraw(wallet, drawn.case)
    const withdrawn = (await cases.get(drawn.case))!
    expect(withdrawn.state).toBe('withdrawn')
    await cases.replace({ ...row, state: 'approved', verdicts: approved.verdicts, duty: 'attest', dutyAtSeconds: 0, version: withdrawn.version })
    await caseDesks.insert({ ...desk, id: desk.id }).catch(() => undefined)
    await duties.settle()
    expect((await wallet.api.attestations()).data).toEqual([])
  }, 60_000)

  it('an attestation whose row was put back after its revocation stays revoked, and gives no copy', async () => {
    const { wallet, attestation } = await attested('row-back')
    await refillCredentials(wallet, { attestation, format: 'vc+jwt', count: 2 })
    const request = { audience: 'https://sale.example', nonce: 'a-nonce-of-this-visit' }
    const presentation = await present(wallet, request)
    const { attestations } = authority.features
    const row = (await attestations.get(attestation))!
    await revoke(wallet, attestation)
    await attestations.replace({ ...row, version: (await attestations.get(attestation))!.version })
    authority.features.statusChanged()

    const trusted = authorityFromUrl({ issuer: authority.issuer, rootThumbprint: authority.rootThumbprint })
    const expectations = { authority: trusted, ...request, maxStatusAgeSeconds: 60, requiredPolicy: 'identified/v1', environment: 'test' } as const
    await expect(verifyAttestation(presentation, expectations)).rejects.toMatchObject({ code: 'revoked' })
    await expect(refillCredentials(wallet, { attestation, format: 'vc+jwt', count: 1 })).rejects.toMatchObject({ code: 'attestation-not-valid' })
  }, 60_000)

  it('copies stay revoked even if the row that is put back does not know of them', async () => {
    const { wallet, attestation } = await attested('row-from-before')
    const { attestations } = authority.features
    const row = (await attestations.get(attestation))!
    await refillCredentials(wallet, { attestation, format: 'vc+jwt', count: 2 })
    const request = { audience: 'https://sale.example', nonce: 'a-nonce-of-this-visit' }
    const presentation = await present(wallet, request)
    await revoke(wallet, attestation)
    await attestations.replace({ ...row, version: (await attestations.get(attestation))!.version })
    authority.features.statusChanged()
    const trusted = authorityFromUrl({ issuer: authority.issuer, rootThumbprint: authority.rootThumbprint })
    const expectations = { authority: trusted, ...request, maxStatusAgeSeconds: 60, requiredPolicy: 'identified/v1', environment: 'test' } as const
    await expect(verifyAttestation(presentation, expectations)).rejects.toMatchObject({ code: 'revoked' })
  }, 60_000)

  it('an attestation that was made to live longer gives no copy', async () => {
    const { wallet, attestation } = await attested('longer')
    const { attestations } = authority.features
    const row = (await attestations.get(attestation))!
    await attestations.replace({ ...row, validUntilSeconds: row.validUntilSeconds + 10 * 365 * 86_400 })
    await expect(refillCredentials(wallet, { attestation, format: 'vc+jwt', count: 1 })).rejects.toMatchObject({ code: 'not-attestable' })
  }, 60_000)

  it('a counter is not signed for twice, even when the blocks were forgotten', async () => {
    const { wallet, attestation } = await attested('counters')
    await refillCredentials(wallet, { attestation, format: 'vc+jwt', count: 3 })
    const { attestations, counterUses } = authority.features
    const [batch] = (await attestations.get(attestation))!.batches
    const block = (await counterUses.get(String(Math.floor(batch!.firstCounter / 1024))))!
    expect(block.uses).toContainEqual({ batch: batch!.batch, firstCounter: batch!.firstCounter, count: 3 })
    authority.features.counters.take = () => Promise.resolve(batch!.firstCounter + 1)
    await expect(refillCredentials(wallet, { attestation, format: 'vc+jwt', count: 1 })).rejects.toMatchObject({ code: 'counter-used' })
  }, 60_000)

  it('a crash that left an account with its person, and no tag yet, disputes nothing', async () => {
    const wallet = await newApplicant(authority, 'crashed')
    const { case: drawn } = await apply(wallet)
    await authority.features.accountPersons.insert({ id: wallet.key.account, person: derivedId('person', drawn.case) })
    await Promise.all([approve(consoles[0]!, drawn.case), approve(consoles[1]!, drawn.case)])
    await authority.features.duties.settle()
    expect(await authority.features.cases.get(drawn.case)).toMatchObject({ state: 'attested' })
  }, 60_000)

  it('a second attestation of one person takes the place of the first', async () => {
    const { wallet, attestation } = await attested('renewed')
    const { case: drawn } = await apply(wallet)
    await Promise.all([approve(consoles[0]!, drawn.case), approve(consoles[1]!, drawn.case)])
    await authority.features.duties.settle()
    expect(await authority.features.cases.get(drawn.case)).toMatchObject({ state: 'attested' })
    const states = (await wallet.api.attestations()).data.map(({ attestation: id, state }) => [id === attestation ? 'first' : 'second', state])
    expect(states).toEqual([
      ['first', 'revoked'],
      ['second', 'valid'],
    ])
  }, 60_000)

  it('an account cannot open case after case until it likes the panel', async () => {
    const wallet = await newApplicant(authority, 'grinding')
    for (let number = 0; number < 5; number++) {
      const { case: drawn } = await apply(wallet)
      await withdraw(wallet, drawn.case)
    }
    await expect(apply(wallet)).rejects.toMatchObject({ code: 'too-many-requests' })
  }, 120_000)
})
